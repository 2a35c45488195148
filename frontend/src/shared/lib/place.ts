import type { RegisteredRouter } from "@tanstack/react-router";

/** A view of the queue with its filters, as its address says it. */
export type QueuePlace = RegisteredRouter["routesById"]["/shell/"]["types"]["fullSearchSchema"];

let last: QueuePlace = {};

/** The view that was looked at last: from a ticket the way back leads there. */
export const queuePlace = {
  get: (): QueuePlace => last,
  set: (place: QueuePlace): void => {
    last = place;
  },
};
