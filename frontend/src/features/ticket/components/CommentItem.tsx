import { memo } from "react";
import type { Comment } from "@/shared/api/types";
import { serverNow } from "@/shared/lib/clock";
import { t } from "@/shared/lib/i18n";
import { exactTime, shortTime } from "@/shared/lib/time";
import { Avatar } from "@/shared/ui/Avatar";
import { Icon } from "@/shared/ui/Icon";
import { LinkedText } from "./LinkedText";
import classes from "./Timeline.module.css";

interface Props {
  comment: Comment;
  /** What who wrote it is called, where that is known. */
  name: string | undefined;
}

function CommentItemInner({ comment, name = comment.username }: Props) {
  const isNote = comment.visibility === "internal";
  const isEdited = comment.updated_at !== comment.created_at && !comment.is_deleted;
  return (
    <li className={classes.comment} data-note={isNote || undefined}>
      <Avatar name={name} size={26} />
      <article className={classes.bubble}>
        <header className={classes.byline}>
          <strong title={comment.username}>{name}</strong>
          {isNote && (
            <span className={classes.noteMark}>
              <Icon name="lock" size={12} />
              {t("ticket.internal")}
            </span>
          )}
          <time dateTime={comment.created_at} title={exactTime(comment.created_at)}>
            {shortTime(comment.created_at, serverNow())}
          </time>
          {isEdited && <span>({t("ticket.edited")})</span>}
        </header>
        {comment.is_deleted ? (
          <p className={classes.none}>{t("ticket.deleted")}</p>
        ) : (
          <p className={classes.prose} dir="auto">
            <LinkedText text={comment.text} />
          </p>
        )}
      </article>
    </li>
  );
}

export const CommentItem = memo(CommentItemInner);
