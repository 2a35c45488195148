/** Types of the services' committed openapi.yaml → src/shared/api/generated; nothing by hand. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import openapiTS, { astToString } from "openapi-typescript";

const SERVICES = {
  auth: "auth_service",
  workflow: "workflow_api",
  messaging: "messaging_service",
  notification: "notification_service",
};
const root = path.resolve(import.meta.dirname, "../..");
const target = path.resolve(import.meta.dirname, "../src/shared/api/generated");

mkdirSync(target, { recursive: true });
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SERVICES);
for (const name of wanted) {
  const schema = new URL(`file://${path.join(root, SERVICES[name], "openapi.yaml")}`);
  const types = astToString(await openapiTS(schema, { defaultNonNullable: false }));
  const head = `/** Generated from ${SERVICES[name]}/openapi.yaml by \`npm run gen:api\`. */\n\n`;
  writeFileSync(path.join(target, `${name}.ts`), head + types);
}
