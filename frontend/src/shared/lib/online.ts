import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Whether this device has a network; that the server can be reached over it is not known here. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);
