interface Named {
  username: string;
  first_name: string;
  last_name: string;
}

/** As colleagues see it: the full name, or the username of whoever gave none. */
export const fullName = ({ username, first_name, last_name }: Named): string =>
  `${first_name} ${last_name}`.trim() || username;
