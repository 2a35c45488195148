import { Checkbox } from "@mantine/core";
import classes from "../parts/Admin.module.css";

interface Props<T extends string> {
  label: string;
  hint: string;
  offered: readonly T[];
  chosen: readonly T[];
  fault?: string;
  titleOf: (choice: T) => string;
  onChange: (chosen: T[]) => void;
}

/** Some of a few words. */
export function Choices<T extends string>(props: Props<T>) {
  const { offered, chosen, fault, onChange } = props;
  return (
    <fieldset className={classes.group}>
      <legend>{props.label}</legend>
      <p className={classes.hint}>{props.hint}</p>
      <div className={classes.choices}>
        {offered.map((choice) => (
          <Checkbox
            key={choice}
            label={props.titleOf(choice)}
            checked={chosen.includes(choice)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? [...chosen, choice]
                  : chosen.filter((each) => each !== choice),
              )
            }
          />
        ))}
      </div>
      {fault !== undefined && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}
