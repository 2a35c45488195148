import { useEffect, useState } from "react";

/** What had the focus; of a menu, which is gone by then, the button that opens it. */
function holder(): HTMLElement | null {
  const active = document.activeElement;
  const opener = active?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  const element = opener ? document.getElementById(opener) : active;
  return element instanceof HTMLElement ? element : null;
}

/** Once the component is gone the focus is where it was before, unless it is somewhere already. */
export function useFocusBack(): void {
  const [before] = useState(holder);
  useEffect(
    () => () => {
      const active = document.activeElement;
      if (active === null || active === document.body) before?.focus({ preventScroll: true });
    },
    [before],
  );
}
