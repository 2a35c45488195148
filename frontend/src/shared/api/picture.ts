/** Pictures of people are for whoever is signed in, so they come with the token, not by an address. */
import { useQuery } from "@tanstack/react-query";
import { auth, bodyOf } from "./client";

export const PICTURES = ["pictures"] as const;

function asAddress(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error("unreadable"));
    reader.readAsDataURL(picture);
  });
}

async function pictureOf(userId: number, signal: AbortSignal): Promise<string> {
  const params = { path: { user_id: userId } };
  const init = { params, parseAs: "blob", cache: "no-cache", signal } as const;
  return asAddress(await bodyOf(auth.GET("/api/v1/users/{user_id}/picture/", init)));
}

/** An address (`data:`) for the picture of somebody who has one; null until it is there. */
export function usePicture(userId: number, hasPicture: boolean): string | null {
  const { data } = useQuery({
    queryKey: [...PICTURES, userId],
    queryFn: ({ signal }) => pictureOf(userId, signal),
    enabled: hasPicture,
    staleTime: Infinity,
  });
  return hasPicture ? (data ?? null) : null;
}
