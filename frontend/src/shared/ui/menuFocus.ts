import { useState } from "react";

/**
 * A menu that is left gives the focus back to its button; a choice that opens something else
 * leaves it there. `menu` is for the menu, `choose` wraps what such an item does.
 */
export function useMenuFocus() {
  const [isChosen, setChosen] = useState(false);
  const choose = (act: () => void) => () => {
    setChosen(true);
    act();
  };
  return { menu: { returnFocus: !isChosen, onOpen: () => setChosen(false) }, choose };
}
