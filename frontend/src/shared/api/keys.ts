/** Query keys that more than one feature touches. */
export const keys = {
  tasks: ["tasks"] as const,
  queue: (filters: object) => ["tasks", "list", filters] as const,
  task: (taskId: string) => ["tasks", "one", taskId] as const,
  comments: (ticketId: number) => ["comments", ticketId] as const,
  notifications: ["notifications"] as const,
};
