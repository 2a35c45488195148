import { problemText } from "@/shared/lib/problem";
import { Banner } from "./Banner";

/** Why something was not done, announced; nothing when there is no error. */
export function Problem({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  return (
    <div role="alert">
      <Banner tone="late">{problemText(error)}</Banner>
    </div>
  );
}
