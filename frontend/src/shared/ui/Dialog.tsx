import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "@/shared/lib/i18n";

interface Props {
  title: string;
  /** Without it the dialog can only be left by what is in it. */
  onClose?: () => void;
  /** The title is spoken but not shown. */
  isBare?: boolean;
  size?: number | string;
  yOffset?: string;
  children: ReactNode;
}

const stay = () => undefined;

/** A modal dialog with a name; its heading is no second page banner, as Mantine's own would be. */
export function Dialog({ title, onClose, isBare = false, size, yOffset, children }: Props) {
  const canClose = onClose !== undefined;
  return (
    <Modal.Root
      opened
      size={size ?? "md"}
      yOffset={yOffset ?? "12vh"}
      onClose={onClose ?? stay}
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
