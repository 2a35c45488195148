import { Modal } from "@mantine/core";
import { useEffect, useId, type ReactNode } from "react";
import { t } from "@/shared/lib/i18n";
import { useFocusBack } from "./focusBack";

interface Props {
  title: string;
  /** Without it the dialog can only be left by what is in it. */
  onClose?: (() => void) | undefined;
  /** The title is spoken but not shown. */
  isBare?: boolean;
  size?: number | string;
  yOffset?: string;
  children: ReactNode;
}

const stay = () => undefined;

/** The dialogs that are open, the topmost last. */
const open: string[] = [];

/** Escape is heard by every open dialog and closes one: the topmost. */
function useOnTop(): () => boolean {
  const id = useId();
  useEffect(() => {
    open.push(id);
    // Only after the key press that closed this one, which the dialogs below hear as well.
    return () => void setTimeout(() => open.splice(open.indexOf(id), 1), 0);
  }, [id]);
  return () => open.at(-1) === id;
}

/** A modal dialog with a name; its heading is no second page banner, as Mantine's own would be. */
export function Dialog({ title, onClose, isBare = false, size, yOffset, children }: Props) {
  const canClose = onClose !== undefined;
  const isOnTop = useOnTop();
  useFocusBack();
  return (
    <Modal.Root
      opened
      size={size ?? "md"}
      yOffset={yOffset ?? "12vh"}
      onClose={canClose ? () => isOnTop() && onClose() : stay}
      returnFocus={false}
      closeOnEscape={canClose}
      closeOnClickOutside={canClose}
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={title}>
        {!isBare && (
          <Modal.Header component="div">
            <Modal.Title>{title}</Modal.Title>
            {canClose && <Modal.CloseButton aria-label={t("common.close")} />}
          </Modal.Header>
        )}
        <Modal.Body p={isBare ? 0 : undefined}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
