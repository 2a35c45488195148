import { Button, FileButton } from "@mantine/core";
import { useRef } from "react";
import { usePicture } from "@/shared/api/picture";
import { t } from "@/shared/lib/i18n";
import { fullName } from "@/shared/lib/names";
import { Avatar } from "@/shared/ui/Avatar";
import { Problem } from "@/shared/ui/Problem";
import { useRemovePicture, useSetPicture, type Me } from "../api/profile";
import classes from "./Profile.module.css";

const KINDS = "image/png,image/jpeg,image/webp";

/** The picture that colleagues see beside the name. */
export function Picture({ me }: { me: Me }) {
  const hasPicture = me.picture !== null;
  const src = usePicture(me.id, hasPicture);
  const set = useSetPicture();
  const remove = useRemovePicture();
  const forget = useRef<() => void>(null);

  function choose(file: File | null) {
    if (file === null) return;
    remove.reset();
    // The same file may be chosen again after a refusal.
    set.mutate(file, { onSettled: () => forget.current?.() });
  }

  return (
    <div className={classes.picture}>
      <Avatar name={fullName(me)} size={64} src={src} />
      <div className={classes.pictureSide}>
        <strong>{me.username}</strong>
        <div className={classes.buttons}>
          <FileButton accept={KINDS} resetRef={forget} onChange={choose}>
            {(props) => (
              <Button variant="default" loading={set.isPending} {...props}>
                {t(hasPicture ? "profile.pictureChange" : "profile.pictureChoose")}
              </Button>
            )}
          </FileButton>
          {hasPicture && (
            <Button
              variant="subtle"
              loading={remove.isPending}
              onClick={() => {
                set.reset();
                remove.mutate();
              }}
            >
              {t("profile.pictureRemove")}
            </Button>
          )}
        </div>
        <p className={classes.hint}>{t("profile.pictureHint")}</p>
        <Problem error={set.error ?? remove.error} />
      </div>
    </div>
  );
}
