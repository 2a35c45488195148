import { Navigate } from "@tanstack/react-router";
import { meets, useRights } from "./model/rights";
import { SECTIONS } from "./model/sections";

/** `/admin` itself leads to the first page that one may see. */
export function AdminHome() {
  const rights = useRights();
  const first = SECTIONS.find(({ need }) => meets(rights, need));
  return first === undefined ? null : <Navigate to={first.to} replace />;
}
