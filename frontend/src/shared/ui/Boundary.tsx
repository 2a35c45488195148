import { Button } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { t } from "@/shared/lib/i18n";
import { Banner } from "./Banner";
import classes from "./Boundary.module.css";

/** A part of the page that fails, or cannot be fetched, says so and leaves the rest as it is. */
export class Boundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div className={classes.failed} role="alert">
        <Banner tone="late">
          {t("error.part")}{" "}
          <Button variant="default" size="compact-xs" onClick={() => location.reload()}>
            {t("error.reload")}
          </Button>{" "}
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => this.setState({ hasFailed: false })}
          >
            {t("common.close")}
          </Button>
        </Banner>
      </div>
    );
  }
}
