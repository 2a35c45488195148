/** Generated from workflow_api/openapi.yaml by `npm run gen:api`. */

export interface paths {
    "/audit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List every change, the newest first. */
        get: operations["audit_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/anchors/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List what each day's rows were, the newest first; kept elsewhere they prove the trail. */
        get: operations["audit_anchors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description Check that no row was altered, removed or slipped in; names the first that was.
         *
         *     404 for a task or subject that nothing is recorded about.
         */
        get: operations["audit_verify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List what came in vain and nobody has replayed or set aside, newest first. */
        get: operations["dead_letters_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{inbox_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read one message that was put aside. */
        get: operations["dead_letters_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{inbox_id}/park/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Take a message off the list without a replay (admins). */
        post: operations["dead_letters_park"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{inbox_id}/replay/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Publish a message that was put aside again (admins). */
        post: operations["dead_letters_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ingest/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List what the help desk sent, newest first. */
        get: operations["ingest_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ingest/{inbox_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read one message with its payload. */
        get: operations["ingest_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ingest/{inbox_id}/replay/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Publish a message again, as it came or corrected (admins). */
        post: operations["ingest_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ingest/replay/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Count, or publish again, all messages that a filter finds (admins). */
        post: operations["ingest_replay_all"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ingest/validate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Tell whether a ticket would be accepted, and on which workflow it would run. */
        post: operations["ingest_validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{user_id}/availability/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read when somebody can be given work. */
        get: operations["people_availability_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Change when somebody can be given work: one's own, or as an admin anybody's. */
        patch: operations["people_availability_change"];
        trace?: never;
    };
    "/people/me/availability/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read when the caller can be given work. */
        get: operations["own_availability_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Change when the caller can be given work. */
        patch: operations["own_availability_change"];
        trace?: never;
    };
    "/reports/agents/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Tell who was given steps of them, and what became of these. */
        get: operations["reports_agents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/fairness/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Tell how evenly work was given out, by role (admins and coordinators). */
        get: operations["reports_fairness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/heatmap/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Count them by weekday and hour of their beginning. */
        get: operations["reports_heatmap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/sla/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Count them by priority, with those that ended in time. */
        get: operations["reports_sla"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/summary/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Count the tasks that began in a time. */
        get: operations["reports_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/tasks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Count them by the day on which they began. */
        get: operations["reports_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/workflows/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Count them by workflow. */
        get: operations["reports_workflows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List roles by system and name. */
        get: operations["roles_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/{role_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read one role. */
        get: operations["roles_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/{role_id}/members/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List who may be given work of a role. */
        get: operations["roles_members_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sla/at-risk/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the tasks that are near their deadline, or soon will be, the next one first. */
        get: operations["sla_at_risk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sla/calendars/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the calendars by name. */
        get: operations["sla_calendars_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sla/calendars/{calendar_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read one calendar. */
        get: operations["sla_calendars_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/steps/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the steps of drafts. */
        get: operations["steps_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/steps/{step_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read one step. */
        get: operations["steps_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the tasks that the caller may see. */
        get: operations["tasks_list"];
        put?: never;
        /** @description Run an unmatched ticket on a deployed workflow (admins and coordinators). */
        post: operations["tasks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read a task with its history and what the caller can do with it. */
        get: operations["tasks_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Take a task to another status by the act that leads there. */
        patch: operations["tasks_change"];
        trace?: never;
    };
    "/tasks/{task_id}/approve/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Approve the current step. */
        post: operations["tasks_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/as-of/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read a task as it was at a moment, from its audit rows; 404 before it was created. */
        get: operations["tasks_as_of"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/assign/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Decide who holds the step (owner or admin). */
        post: operations["tasks_assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/assignments/{assignment_id}/why/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Tell in words why somebody was given a step. */
        get: operations["tasks_assignment_why"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/claim/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Take a task that nobody holds. */
        post: operations["tasks_claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/close/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Close a completed task for good (owner or admin). */
        post: operations["tasks_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/complete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description End the run at an end step. */
        post: operations["tasks_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/escalate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Give the step to the role that it escalates to, with a reason. */
        post: operations["tasks_escalate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/hold/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Stop work and clocks, with a reason. */
        post: operations["tasks_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/reject/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Reject the current step, with a reason. */
        post: operations["tasks_reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/reopen/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Take a completed task up again, with a reason. */
        post: operations["tasks_reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/resume/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Go on with a task that was stopped. */
        post: operations["tasks_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/sla/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Tell why a task is due when it is, span by span of its calendar. */
        get: operations["tasks_sla"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/start/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Begin the work on the current step. */
        post: operations["tasks_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/transfer/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Hand the step over to another member of its role, with a reason. */
        post: operations["tasks_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{task_id}/transition/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Leave the current step over one of its transitions. */
        post: operations["tasks_transition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/bulk/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Do the same with up to 100 tasks; what could not be done is said task by task. */
        post: operations["tasks_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tickets/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the tickets that the caller may see. */
        get: operations["tickets_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tickets/{ticket_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read one ticket. */
        get: operations["tickets_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tickets/{ticket_id}/assign-workflow/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Run an unmatched ticket on a workflow of one's choice (admins and coordinators). */
        post: operations["tickets_assign_workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tickets/unmatched/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the tickets that no workflow fits (admins and coordinators). */
        get: operations["tickets_unmatched_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transitions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the transitions of drafts. */
        get: operations["transitions_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transitions/{transition_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read one transition. */
        get: operations["transitions_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List workflows by name. */
        get: operations["workflows_list"];
        put?: never;
        /** @description Make an empty draft (administrators). */
        post: operations["workflows_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read one workflow. */
        get: operations["workflows_read"];
        put?: never;
        post?: never;
        /** @description Delete a workflow that never had a task (administrators). */
        delete: operations["workflows_delete"];
        options?: never;
        head?: never;
        /** @description Change settings (administrators); tasks that run keep those of their version. */
        patch: operations["workflows_change"];
        trace?: never;
    };
    "/workflows/{workflow_id}/clone/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Copy settings and draft into a new draft (administrators). */
        post: operations["workflows_clone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/deploy/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Freeze the draft as the version that new tickets run on (administrators). */
        post: operations["workflows_deploy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Write the draft, or a version, as YAML without ids. */
        get: operations["workflows_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/graph/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read the draft. */
        get: operations["workflows_graph_read"];
        /** @description Save the whole draft (administrators); 409 when somebody else saved first. */
        put: operations["workflows_graph_save"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/migrate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Preview where open tasks would land; with `apply`, move the safe ones.
         *
         *     A preview (200) writes nothing. Up to 200 tasks are moved at once (201), more of them in
         *     the background (202).
         */
        post: operations["workflows_migrate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/migrations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the migrations of a workflow, the newest first. */
        get: operations["workflows_migrations_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/migrations/{upgrade_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read a migration, and what became of its tasks page by page. */
        get: operations["workflows_migrations_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/migrations/{upgrade_id}/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Move no more tasks; what was moved stays until it is undone. */
        post: operations["workflows_migrations_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/migrations/{upgrade_id}/undo/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Put back every task that has not changed since, within 24 hours. */
        post: operations["workflows_migrations_undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/pause/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Take no new tickets; tasks that run go on (administrators). */
        post: operations["workflows_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/resume/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Take new tickets again (administrators). */
        post: operations["workflows_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/validate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description List everything that keeps the draft from being deployed (administrators). */
        post: operations["workflows_validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/versions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the deploys of a workflow, the newest first. */
        get: operations["workflows_versions_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/versions/{number}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Read one deploy with its graph. */
        get: operations["workflows_versions_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflow_id}/versions/{number}/diff/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Compare a deploy with the one that `to` numbers, or with the draft. */
        get: operations["workflows_versions_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/import/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Make a draft of YAML, or save it onto one (administrators). */
        post: operations["workflows_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ActIn
         * @description An act upon a task; a `version` that is not the current one is refused with 409.
         *
         *     So is, without a version, an act upon a step that somebody left while the request waited.
         */
        ActInRequest: {
            /**
             * Version
             * @default null
             */
            version?: number | null;
            /**
             * Notes
             * @description What to say about it; the reason where one is needed.
             * @default
             */
            notes?: string;
        };
        /** @enum {string} */
        ActionEnum: "start" | "transition" | "complete" | "approve" | "reject" | "hold" | "resume" | "reopen" | "escalate" | "close" | "claim" | "transfer" | "assign";
        /** @description What the caller can do now: POST /tasks/{task_id}/{action}/. */
        ActionOut: {
            action: string;
            transition_id: number | null;
            name: string;
            kind: string;
            to_step: number | null;
            /** @description Of a fork all the steps that it opens. */
            to_step_name: string;
            /** @description To send along; null for what is done with the whole task. */
            branch: number | null;
            needs_reason: boolean;
        };
        AgentRowOut: {
            user_id: number;
            user_name: string;
            assignments: number;
            open: number;
            done: number;
            handed_on: number;
            cancelled: number;
            /** @description Past the deadline of their step. */
            late: number;
            /**
             * Format: double
             * @description Sum of the weights of the steps.
             */
            effort: number;
            /** Format: double */
            median_handling_s: number | null;
        };
        /** @description From the first instant to before the second. */
        AgentsReportOut: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            results: components["schemas"]["AgentRowOut"][];
        };
        /** @description The first row that is not as it was written; of an anchor the subject is `anchor:<day>`. */
        AlterationOut: {
            /** @description As in the list; null for one that is gone. */
            readonly id: number | null;
            subject: string;
            seq: number;
            readonly task_id: string | null;
            reason: string;
        };
        /** @description What a day's rows were, for whoever keeps it elsewhere; the formulas are in docs/audit.md. */
        AnchorOut: {
            number: number;
            /** Format: date */
            day: string;
            last_id: number;
            rows: number;
            root: string;
            /** Format: date-time */
            anchored_at: string;
            previous_hash: string;
            hash: string;
        };
        AnchorPageOut: {
            count?: number;
            /** @description False where there are more than were counted. */
            count_is_exact?: boolean;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["AnchorOut"][];
        };
        /** @description Who has approved the current step so far. */
        ApprovalOut: {
            user_id: number;
            user_name: string;
            /** Format: date-time */
            at: string;
            step_id: number;
        };
        /**
         * AssignWorkflowIn
         * @description Which deployed workflow the ticket shall run on.
         */
        AssignWorkflowInRequest: {
            /** Workflow Id */
            workflow_id: number;
        };
        /** @description Who held which step, from when to when. */
        AssignmentOut: {
            id: number;
            step_id: number;
            step_name: string;
            role: string;
            user_id: number;
            user_name: string;
            /** Format: date-time */
            assigned_at: string;
            /** Format: date-time */
            due_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            closed_at: string | null;
            outcome: components["schemas"]["AssignmentOutcomeEnum"] | components["schemas"]["BlankEnum"];
            reason: string;
            /** Format: double */
            weight: number;
            /** @description Strategy, chosen, candidates with skips. */
            decision: {
                [key: string]: unknown;
            };
        };
        /**
         * @description * `done` - Done
         *     * `approved` - Approved
         *     * `rejected` - Rejected
         *     * `transferred` - Transferred
         *     * `escalated` - Escalated
         *     * `cancelled` - Cancelled
         * @enum {string}
         */
        AssignmentOutcomeEnum: "done" | "approved" | "rejected" | "transferred" | "escalated" | "cancelled";
        /**
         * @description * `round_robin` - Round robin
         *     * `least_loaded` - Least loaded
         *     * `sticky` - Who held it before
         *     * `manual` - Claimed from a pool
         * @enum {string}
         */
        AssignmentStrategyEnum: "round_robin" | "least_loaded" | "sticky" | "manual";
        /** @description A task whose deadline is near. Give Forecasts as `context["forecasts"]`. */
        AtRiskOut: {
            task_id: string;
            ticket_id: number;
            external_ticket_id: string;
            workflow_id: number;
            workflow_name: string;
            title: string;
            description: string;
            priority: components["schemas"]["PriorityEnum"];
            status: components["schemas"]["TaskStateEnum"];
            /** @default  */
            assigned_user_name?: string;
            current_step_name: string;
            role: string;
            role_id: number;
            /** Format: date-time */
            sla_deadline: string;
            /** Format: date-time */
            step_deadline: string;
            readonly sla_state: components["schemas"]["SlaStateEnum"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            completed_at: string | null;
            version: number;
            assigned_user: number | null;
            current_step: number;
            readonly forecast: components["schemas"]["ForecastOut"];
        };
        AtRiskPageOut: {
            count?: number;
            /** @description False where there are more than were counted. */
            count_is_exact?: boolean;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["AtRiskOut"][];
        };
        /** @description One row of the trail. */
        AuditOut: {
            id: number;
            /** Format: date-time */
            timestamp: string;
            user: string;
            /** @description What they are called today; `user` for the system and who is not known. */
            user_full_name: string;
            user_id: number | null;
            action: string;
            subject: string;
            seq: number;
            readonly task_id: string | null;
            readonly details: components["schemas"]["ChangeOut"];
            ip_address: string | null;
            hash: string;
        };
        AuditPageOut: {
            count?: number;
            /** @description False where there are more than were counted. */
            count_is_exact?: boolean;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["AuditOut"][];
        };
        /** @description When somebody can be given work. */
        AvailabilityOut: {
            user_id: number;
            /** Format: date-time */
            absent_from: string | null;
            /** Format: date-time */
            absent_until: string | null;
            readonly is_absent: boolean;
            substitute_id: number | null;
            calendar_id: number | null;
            max_open_tasks: number | null;
        };
        /** @description Somebody's availability after a change. */
        AvailabilitySavedOut: {
            user_id: number;
            /** Format: date-time */
            absent_from: string | null;
            /** Format: date-time */
            absent_until: string | null;
            readonly is_absent: boolean;
            substitute_id: number | null;
            calendar_id: number | null;
            max_open_tasks: number | null;
            message: string;
        };
        /** @enum {unknown} */
        BlankEnum: "";
        /** @description One of the ways that the task goes, or went, at once since it forked last. */
        BranchOut: {
            branch: number;
            status: components["schemas"]["BranchOutStatusEnum"];
            step_id: number;
            step_name: string;
            role: string;
            role_id: number;
            assigned_user: number | null;
            /** @default  */
            assigned_user_name?: string;
            /** Format: date-time */
            step_deadline: string;
            /** Format: date-time */
            opened_at: string;
            /** Format: date-time */
            ended_at: string | null;
        };
        /**
         * @description * `pending` - Pending
         *     * `in_progress` - In progress
         *     * `arrived` - Arrived
         *     * `cancelled` - Cancelled
         * @enum {string}
         */
        BranchOutStatusEnum: "pending" | "in_progress" | "arrived" | "cancelled";
        /**
         * BulkIn
         * @description Which act, on which tasks; `versions` refuses those that have changed meanwhile.
         */
        BulkInRequest: {
            /** Action */
            action: components["schemas"]["ActionEnum"];
            /** Task Ids */
            task_ids: string[];
            /** Versions */
            versions?: {
                [key: string]: number;
            };
            /**
             * User Id
             * @description To whom, for transfer and assign.
             * @default null
             */
            user_id?: number | null;
            /**
             * Transition Id
             * @description Over which one, for transition.
             * @default null
             */
            transition_id?: number | null;
            /**
             * Notes
             * @description What to say about it; the reason where one is needed.
             * @default
             */
            notes?: string;
        };
        BulkOut: {
            succeeded: number;
            failed: number;
            results: components["schemas"]["BulkResultOut"][];
            message: string;
        };
        BulkResultOut: {
            task_id: string;
            readonly ok: boolean;
            /** @description The state of the task after the act. */
            readonly status: string | null;
            readonly version: number | null;
            /** @description Why nothing was done, for machines. */
            readonly code: string | null;
            /** @description Why nothing was done, for people. */
            readonly error: string | null;
        };
        /** @description Weekly hours in local wall time; with a `country` its public holidays are observed too. */
        CalendarOut: {
            id: number;
            name: string;
            time_zone: string;
            /** @description `mon` … `sun`, each a list of [opens, closes]. */
            weekly_hours: {
                [key: string]: string[][];
            };
            holidays: components["schemas"]["HolidayOut"][];
            country: string;
            subdivision: string;
        };
        CalendarPageOut: {
            count: number;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["CalendarOut"][];
        };
        /** @description Which calendar. */
        CalendarRefOut: {
            id: number;
            name: string;
            time_zone: string;
        };
        /** @description What changed; some actions add fields of their own. */
        ChangeOut: {
            field: string;
            old_value: unknown;
            new_value: unknown;
        };
        /** @description How the deadlines of a task were counted, and how they stand. */
        ClockOut: {
            task_id: string;
            priority: components["schemas"]["PriorityEnum"];
            sla_state: components["schemas"]["SlaStateEnum"];
            /** @description Null is day and night. */
            calendar: components["schemas"]["CalendarRefOut"] | null;
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            warn_at: string;
            /** Format: date-time */
            paused_at: string | null;
            pauses: components["schemas"]["PauseOut"][];
            ticket: components["schemas"]["CountOut"];
            /** @description The current step, or those of all branches. */
            steps: components["schemas"]["StepCountOut"][];
            /** Format: double */
            elapsed_s: number;
            /** Format: double */
            left_s: number;
        };
        /**
         * CloneIn
         * @description How the copy is called; “… (copy)” unless told.
         */
        CloneInRequest: {
            /**
             * Name
             * @default null
             */
            name?: string | null;
        };
        ConsideredOut: {
            user_id: number;
            user_name: string;
            is_chosen: boolean;
            skip: components["schemas"]["SkipEnum"] | components["schemas"]["BlankEnum"];
            reason: string;
        };
        /** @description From when to when a deadline was counted; `is_cut` after the first 500 spans. */
        CountOut: {
            /** Format: date-time */
            starts_at: string;
            /** Format: double */
            allowed_s: number;
            /** Format: date-time */
            deadline: string;
            spans: components["schemas"]["SpanOut"][];
            is_cut: boolean;
        };
        /** @description All tasks of a preview, however many are listed. */
        CountsOut: {
            total: number;
            /** @description same_step and mapped_step together. */
            safe: number;
            same_step: number;
            mapped_step: number;
            unsafe: number;
            /** @description Safe ones that get another person. */
            reassigned: number;
            reasons: {
                [key: string]: number;
            };
        };
        /** @description How many tasks began, how they stand or ended, and how long it took. */
        DayRowOut: {
            tasks: number;
            open: number;
            resolved: number;
            rejected: number;
            cancelled: number;
            /** @description Past their deadline, or ended past it. */
            breached: number;
            /** Format: double */
            median_resolution_s: number | null;
            /** Format: date */
            day: string;
        };
        /**
         * DecisionIn
         * @description An approval or rejection; `transition_id` chooses where the step has several ways.
         */
        DecisionInRequest: {
            /**
             * Version
             * @default null
             */
            version?: number | null;
            /**
             * Notes
             * @description What to say about it; the reason where one is needed.
             * @default
             */
            notes?: string;
            /**
             * Branch
             * @description Which branch of a task that is split; the only one that fits unless told.
             * @default null
             */
            branch?: number | null;
            /**
             * Transition Id
             * @default null
             */
            transition_id?: number | null;
        };
        /** @description A message with what it carried; `raw` is the beginning of a body that was unreadable. */
        DeliveryDetailOut: {
            id: number;
            message_id: string;
            task: string;
            queue: string;
            external_ticket_id: string;
            outcome: components["schemas"]["DeliveryOutcomeEnum"];
            code: string;
            reason: string;
            attempts: number;
            deliveries: number;
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            finished_at: string | null;
            readonly is_signed: boolean;
            readonly is_replayable: boolean;
            payload: unknown;
            headers: {
                [key: string]: unknown;
            };
            readonly raw: string;
        };
        /** @description One message, and what became of it. */
        DeliveryOut: {
            id: number;
            message_id: string;
            task: string;
            queue: string;
            external_ticket_id: string;
            outcome: components["schemas"]["DeliveryOutcomeEnum"];
            code: string;
            reason: string;
            attempts: number;
            deliveries: number;
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            finished_at: string | null;
            readonly is_signed: boolean;
            readonly is_replayable: boolean;
        };
        /**
         * @description * `received` - Received
         *     * `done` - Done
         *     * `duplicate` - Duplicate
         *     * `conflict` - Conflict
         *     * `unmatched` - Unmatched
         *     * `parked` - Parked
         * @enum {string}
         */
        DeliveryOutcomeEnum: "received" | "done" | "duplicate" | "conflict" | "unmatched" | "parked";
        DeliveryPageOut: {
            count?: number;
            /** @description False where there are more than were counted. */
            count_is_exact?: boolean;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["DeliveryOut"][];
        };
        /** @description What leads from one version to another, or to the draft. */
        DiffOut: {
            is_same: boolean;
            steps: components["schemas"]["StepsDiffOut"];
            transitions: components["schemas"]["TransitionsDiffOut"];
            settings: components["schemas"]["FieldChangeOut"][];
        };
        /**
         * EdgeIn
         * @description A transition; without `to` it ends the run.
         */
        EdgeIn: {
            /**
             * Transition Id
             * @default null
             */
            transition_id?: number | string | null;
            /** From */
            from: number | string;
            /**
             * To
             * @default null
             */
            to?: number | string | null;
            /**
             * Name
             * @default
             */
            name?: string;
            /** @default forward */
            kind?: components["schemas"]["EdgeKind"];
        };
        /**
         * EdgeKind
         * @enum {string}
         */
        EdgeKind: "forward" | "approve" | "reject";
        /**
         * @description * `forward` - forward
         *     * `approve` - approve
         *     * `reject` - reject
         * @enum {string}
         */
        EdgeKindEnum: "forward" | "approve" | "reject";
        /** @description A transition of a graph; `to` null ends the run. */
        EdgeOut: {
            transition_id: number;
            to: number | null;
            name: string;
            kind: components["schemas"]["EdgeKindEnum"];
            from: number;
        };
        /**
         * EndLogic
         * @description What a finished run asks for.
         * @enum {string}
         */
        EndLogic: "asset" | "budget" | "notification";
        /**
         * @description * `asset` - Asset check-out
         *     * `budget` - Budget
         *     * `notification` - Notification
         * @enum {string}
         */
        EndLogicEnum: "asset" | "budget" | "notification";
        /** @description One line of the history; without a user it was the system. */
        EventOut: {
            id: number;
            kind: string;
            /** Format: date-time */
            at: string;
            user_id: number | null;
            user_name: string;
            /** @description What they are called today. */
            user_full_name: string;
            /** @description Whom `details.user_id` names: who was given the step. */
            to_user_full_name: string;
            from_state: string;
            to_state: string;
            from_step: string;
            to_step: string;
            notes: string;
            details: {
                [key: string]: unknown;
            };
        };
        FairnessOut: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            roles: components["schemas"]["RoleSharesOut"][];
        };
        FaultOut: {
            field: string;
            message: string;
        };
        /** @description A field with another value; a setting `…_sla_s` is a time in seconds. */
        FieldChangeOut: {
            field: string;
            old: unknown;
            new: unknown;
        };
        FittingWorkflowOut: {
            workflow_id: number;
            name: string;
            version: number;
        };
        /** @description Time of the calendar: left until the deadline, and what the way to the end takes. */
        ForecastOut: {
            /** Format: double */
            left_s: number;
            /** Format: double */
            needed_s: number;
            /** Format: double */
            late_by_s: number;
        };
        FrozenGraphOut: {
            nodes: components["schemas"]["NodeOut"][];
            edges: components["schemas"]["EdgeOut"][];
        };
        /** @description One reason why a definition cannot be deployed, with the step or transition. */
        GraphFaultOut: {
            code: string;
            message: string;
            step_id: number | null;
            transition_id: number | null;
        };
        /** @description Whether a definition can be deployed, and everything that is against it. */
        GraphFaultsOut: {
            valid: boolean;
            faults: components["schemas"]["GraphFaultOut"][];
        };
        /**
         * GraphIn
         * @description The whole graph; `version` is the one that was read (an empty graph needs none).
         */
        GraphInRequest: {
            /**
             * Version
             * @default null
             */
            version?: number | null;
            /** Nodes */
            nodes: components["schemas"]["NodeIn"][];
            /** Edges */
            edges: components["schemas"]["EdgeIn"][];
        };
        /** @description The draft of a workflow; send `version` back when saving. */
        GraphOut: {
            workflow_id: number;
            version: number;
            nodes: components["schemas"]["NodeOut"][];
            edges: components["schemas"]["EdgeOut"][];
        };
        /** @description The draft after a save: `ids` maps each `temp-…` name to the number that it got. */
        GraphSavedOut: {
            workflow_id: number;
            version: number;
            nodes: components["schemas"]["NodeOut"][];
            edges: components["schemas"]["EdgeOut"][];
            ids: {
                [key: string]: number;
            };
            status: components["schemas"]["WorkflowStatusEnum"];
            message: string;
        };
        /** @description Tasks that land alike. */
        GroupOut: {
            version: number;
            from_step: components["schemas"]["PlaceOut"];
            to_step: components["schemas"]["PlaceOut"] | null;
            verdict: components["schemas"]["VerdictEnum"];
            reason: components["schemas"]["ReasonEnum"] | components["schemas"]["NullEnum"];
            sentence: string;
            tasks: number;
            reassigned: number;
        };
        /**
         * HandOverIn
         * @description To whom.
         */
        HandOverInRequest: {
            /**
             * Version
             * @default null
             */
            version?: number | null;
            /**
             * Notes
             * @description What to say about it; the reason where one is needed.
             * @default
             */
            notes?: string;
            /**
             * Branch
             * @description Which branch of a task that is split; the only one that fits unless told.
             * @default null
             */
            branch?: number | null;
            /** User Id */
            user_id: number;
        };
        /** @description From the first instant to before the second. */
        HeatmapReportOut: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            results: components["schemas"]["HourRowOut"][];
        };
        /**
         * @description * `kept` - kept
         *     * `reassigned` - reassigned
         *     * `nobody` - nobody
         * @enum {string}
         */
        HolderEnum: "kept" | "reassigned" | "nobody";
        /** @description A day on which the calendar is closed. */
        HolidayOut: {
            /** Format: date */
            on: string;
            /** @default  */
            name?: string;
        };
        HourRowOut: {
            /** @description Monday is 1; in UTC. */
            weekday: number;
            hour: number;
            tasks: number;
        };
        /** ImportIn */
        ImportInRequest: {
            /** Yaml */
            yaml: string;
        };
        /**
         * @description * `created` - created
         *     * `changed` - changed
         *     * `unchanged` - unchanged
         * @enum {string}
         */
        ImportResultEnum: "created" | "changed" | "unchanged";
        /** @description What was, or would be, imported; a dry run that creates has no workflow_id. */
        ImportedOut: {
            dry_run: boolean;
            import_result: components["schemas"]["ImportResultEnum"];
            workflow_id: number | null;
            name: string;
            changes: components["schemas"]["DiffOut"];
            message: string;
        };
        /** @description Where the branches meet; it is entered when `needed` of them have arrived. */
        JoinOut: {
            step_id: number;
            name: string;
            needed: number;
            arrived: number;
            waits_for: components["schemas"]["WaitsForOut"][];
        };
        /** @description Where one task would land. Give the Preview as `context["preview"]`. */
        LandingOut: {
            task_id: string;
            external_ticket_id: string;
            title: string;
            status: components["schemas"]["TaskStateEnum"];
            task_version: number;
            version: number;
            from_step: components["schemas"]["PlaceOut"];
            to_step: components["schemas"]["PlaceOut"] | null;
            verdict: components["schemas"]["VerdictEnum"];
            reason: components["schemas"]["ReasonEnum"] | components["schemas"]["NullEnum"];
            assigned_user: number | null;
            /** @default  */
            assigned_user_name?: string;
            holder: components["schemas"]["HolderEnum"];
            sentence: string;
        };
        /** @description The audit row that was the last of the task then. */
        LastRowOut: {
            seq: number;
            action: string;
            /** Format: date-time */
            timestamp: string;
            user: string;
            hash: string;
        };
        /** @description Somebody who may be given work of a role. */
        MemberOut: {
            user_id: number;
            username: string;
            full_name: string;
            email: string;
            readonly is_absent: boolean;
            /** Format: date-time */
            absent_until?: string | null;
            substitute_id?: number | null;
            max_open_tasks?: number | null;
        };
        MemberPageOut: {
            count: number;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["MemberOut"][];
        };
        MemberShareOut: {
            user_id: number;
            user_name: string;
            is_member: boolean;
            assignments: number;
            /** @description By the workflow's strategy. */
            given: number;
            /** @description Claimed, or handed over by somebody. */
            taken: number;
            /**
             * Format: double
             * @description Sum of the weights of the steps.
             */
            effort: number;
            /**
             * Format: double
             * @description Of the role's effort, from 0 to 1.
             */
            share: number;
            skips: {
                [key: string]: number;
            };
        };
        /**
         * MigrateIn
         * @description Which tasks go where; without `apply` nothing is written.
         */
        MigrateInRequest: {
            /**
             * To Version
             * @description The version deployed last unless told.
             * @default null
             */
            to_version?: number | null;
            /**
             * From Versions
             * @default null
             */
            from_versions?: number[] | null;
            /**
             * Step Map
             * @description Old step to the one that replaces it.
             */
            step_map?: {
                [key: string]: number;
            };
            /**
             * Task Ids
             * @default null
             */
            task_ids?: string[] | null;
            /**
             * Apply
             * @default false
             */
            apply?: boolean;
            /**
             * Preview Token
             * @default
             */
            preview_token?: string;
            /**
             * Notes
             * @description What to say about it; the reason where one is needed.
             * @default
             */
            notes?: string;
        };
        /**
         * NodeIn
         * @description A step; `step_id` is its number, or `temp-…` for a new one. A role is a name or a number.
         */
        NodeIn: {
            /** Step Id */
            step_id: number | string;
            /** Name */
            name: string;
            /**
             * Role
             * @default null
             */
            role?: number | string | null;
            /**
             * Role Id
             * @default null
             */
            role_id?: number | null;
            /**
             * Description
             * @default
             */
            description?: string;
            /**
             * Instruction
             * @default
             */
            instruction?: string;
            /**
             * Weight
             * @default 1
             */
            weight?: string;
            /**
             * Order
             * @default 0
             */
            order?: number;
            /**
             * Is Start
             * @default false
             */
            is_start?: boolean;
            /**
             * Is End
             * @default false
             */
            is_end?: boolean;
            /**
             * Requires Approval
             * @default false
             */
            requires_approval?: boolean;
            /**
             * Approvals Needed
             * @default 1
             */
            approvals_needed?: number;
            /**
             * Requester May Approve
             * @default true
             */
            requester_may_approve?: boolean;
            /**
             * Previous May Approve
             * @default true
             */
            previous_may_approve?: boolean;
            /**
             * Fork
             * @default false
             */
            fork?: boolean;
            /**
             * Join
             * @default null
             */
            join?: ("all" | "first") | number | null;
            /**
             * Escalate To
             * @default null
             */
            escalate_to?: number | string | null;
            /** @default human */
            kind?: components["schemas"]["NodeKind"];
            /**
             * @default {
             *       "x": 0,
             *       "y": 0
             *     }
             */
            position?: components["schemas"]["PositionIn"];
        };
        /**
         * NodeKind
         * @enum {string}
         */
        NodeKind: "human" | "ams_checkout" | "bms_checkout";
        /**
         * @description * `human` - human
         *     * `ams_checkout` - ams_checkout
         *     * `bms_checkout` - bms_checkout
         * @enum {string}
         */
        NodeKindEnum: "human" | "ams_checkout" | "bms_checkout";
        /** @description A step of a graph. */
        NodeOut: {
            step_id: number;
            name: string;
            role: string;
            role_id: number | null;
            description: string;
            instruction: string;
            /** Format: double */
            weight: number;
            order: number;
            is_start: boolean;
            is_end: boolean;
            requires_approval: boolean;
            approvals_needed: number;
            requester_may_approve: boolean;
            previous_may_approve: boolean;
            fork: boolean;
            join: ("all" | "first") | number | null;
            escalate_to: string;
            escalate_to_role_id: number | null;
            kind: components["schemas"]["NodeKindEnum"];
            position: components["schemas"]["PositionOut"];
        };
        NullEnum: null;
        /** @description How many tasks had which outcome, and why the others stayed. */
        OutcomesOut: {
            outcomes: {
                [key: string]: number;
            };
            reasons: {
                [key: string]: number;
            };
        };
        /** @description A task as it was, rebuilt from its audit rows; people and roles by their names of today. */
        PastTaskOut: {
            task_id: string;
            /** Format: date-time */
            at: string;
            status: components["schemas"]["TaskStateEnum"];
            result: components["schemas"]["ResultEnum"] | components["schemas"]["BlankEnum"];
            priority: components["schemas"]["PriorityEnum"];
            workflow_id: number;
            workflow_name: string;
            workflow_version: number;
            current_step: number;
            current_step_name: string;
            role: string;
            role_id: number;
            assigned_user: components["schemas"]["PersonOut"] | null;
            owner: components["schemas"]["PersonOut"] | null;
            /** @description Those that were under way. */
            branches: components["schemas"]["BranchOut"][];
            /** Format: date-time */
            sla_deadline: string;
            /** Format: date-time */
            step_deadline: string;
            sla_state: components["schemas"]["SlaStateEnum"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            completed_at: string | null;
            /** Format: date-time */
            paused_at: string | null;
            version: number;
            last_row: components["schemas"]["LastRowOut"];
        };
        /**
         * AvailabilityIn
         * @description What changes of when somebody can be given work; what is not named stays.
         */
        PatchedAvailabilityInRequest: {
            /**
             * Absent From
             * @default null
             */
            absent_from?: string | null;
            /**
             * Absent Until
             * @default null
             */
            absent_until?: string | null;
            /**
             * Substitute Id
             * @default null
             */
            substitute_id?: number | null;
            /**
             * Calendar Id
             * @description Working hours; null is day and night.
             * @default null
             */
            calendar_id?: number | null;
            /**
             * Max Open Tasks
             * @description How many open tasks the person is given at most; null is no limit.
             * @default null
             */
            max_open_tasks?: number | null;
        };
        /**
         * StatusIn
         * @description The state to take the task to, by the act that leads there.
         */
        PatchedStatusInRequest: {
            /**
             * Version
             * @default null
             */
            version?: number | null;
            /**
             * Notes
             * @description What to say about it; the reason where one is needed.
             * @default
             */
            notes?: string;
            /**
             * Branch
             * @description Which branch of a task that is split; the only one that fits unless told.
             * @default null
             */
            branch?: number | null;
            status: components["schemas"]["State"];
        };
        /**
         * WorkflowChangeIn
         * @description The settings to change; what is not sent stays, whatever stands here as a default.
         */
        PatchedWorkflowChangeInRequest: {
            /** Name */
            name?: string;
            /** Category */
            category?: string;
            /** Description */
            description?: string;
            /** Sub Category */
            sub_category?: string;
            /** Department */
            department?: string;
            /**
             * Low Sla
             * Format: duration
             */
            low_sla?: string;
            /**
             * Medium Sla
             * Format: duration
             */
            medium_sla?: string;
            /**
             * High Sla
             * Format: duration
             */
            high_sla?: string;
            /**
             * Urgent Sla
             * Format: duration
             */
            urgent_sla?: string;
            /** End Logic */
            end_logic?: components["schemas"]["EndLogic"] | "";
            assignment_strategy?: components["schemas"]["Strategy"];
            /** Calendar */
            calendar?: number | null;
            /** @description Only the one that it has. */
            status?: components["schemas"]["Status"] | null;
        };
        /** @description A hold, in which no clock ran; without an end it lasts. */
        PauseOut: {
            /** Format: date-time */
            begins_at: string;
            /** Format: date-time */
            ends_at: string | null;
        };
        /** @description Somebody, as far as colleagues need to know. */
        PersonOut: {
            user_id: number;
            username: string;
            name: string;
            email: string;
        };
        /** @description A step, and who works it. */
        PlaceOut: {
            step_id: number;
            name: string;
            role: string;
            role_id: number | null;
        };
        /**
         * PositionIn
         * @description Where the editor draws a step.
         */
        PositionIn: {
            /**
             * X
             * @default 0
             */
            x?: number;
            /**
             * Y
             * @default 0
             */
            y?: number;
        };
        PositionOut: {
            /** Format: double */
            x: number;
            /** Format: double */
            y: number;
        };
        /** @description A preview with a page of its tasks. */
        PreviewTasksOut: {
            workflow_id: number;
            to_version: number;
            counts: components["schemas"]["CountsOut"];
            groups: components["schemas"]["GroupOut"][];
            unused_mappings: number[];
            unknown_tasks: string[];
            preview_token: string;
            message: string;
            count?: number;
            count_is_exact?: boolean;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["LandingOut"][];
        };
        /**
         * @description * `low` - Low
         *     * `medium` - Medium
         *     * `high` - High
         *     * `urgent` - Urgent
         * @enum {string}
         */
        PriorityEnum: "low" | "medium" | "high" | "urgent";
        /** @description How many tasks began, how they stand or ended, and how long it took. */
        PriorityRowOut: {
            tasks: number;
            open: number;
            resolved: number;
            rejected: number;
            cancelled: number;
            /** @description Past their deadline, or ended past it. */
            breached: number;
            /** Format: double */
            median_resolution_s: number | null;
            priority: components["schemas"]["PriorityEnum"];
            /** @description Ended before their deadline. */
            met: number;
        };
        /**
         * @description * `ALREADY_ON_VERSION` - ALREADY_ON_VERSION
         *     * `NOT_OPEN` - NOT_OPEN
         *     * `ON_HOLD` - ON_HOLD
         *     * `WAITS_EXTERNAL` - WAITS_EXTERNAL
         *     * `BRANCHES_OPEN` - BRANCHES_OPEN
         *     * `APPROVALS_GIVEN` - APPROVALS_GIVEN
         *     * `STEP_GONE` - STEP_GONE
         *     * `MAPPED_STEP_UNKNOWN` - MAPPED_STEP_UNKNOWN
         *     * `KIND_CHANGED` - KIND_CHANGED
         *     * `WITHIN_BRANCHES` - WITHIN_BRANCHES
         *     * `ROLE_WITHOUT_MEMBER` - ROLE_WITHOUT_MEMBER
         *     * `MOVED_SINCE` - MOVED_SINCE
         *     * `FAILED` - FAILED
         * @enum {string}
         */
        ReasonEnum: "ALREADY_ON_VERSION" | "NOT_OPEN" | "ON_HOLD" | "WAITS_EXTERNAL" | "BRANCHES_OPEN" | "APPROVALS_GIVEN" | "STEP_GONE" | "MAPPED_STEP_UNKNOWN" | "KIND_CHANGED" | "WITHIN_BRANCHES" | "ROLE_WITHOUT_MEMBER" | "MOVED_SINCE" | "FAILED";
        /**
         * ReplayAllIn
         * @description Which deliveries to replay; with `preview` they are only counted.
         */
        ReplayAllInRequest: {
            /** @default parked */
            outcome?: components["schemas"]["Result"];
            /**
             * Search
             * @description Beginning of the ticket number, or a message id.
             * @default
             */
            search?: string;
            /**
             * Start Date
             * @default null
             */
            start_date?: string | null;
            /**
             * End Date
             * @description The last day, included.
             * @default null
             */
            end_date?: string | null;
            /**
             * Preview
             * @default true
             */
            preview?: boolean;
        };
        /**
         * ReplayIn
         * @description A correction to publish in place of what came.
         */
        ReplayInRequest: {
            /**
             * Payload
             * @description The message's arguments: {"ticket_data": {…}}.
             * @default null
             */
            payload?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description How many messages a replay takes, or took; at most 1,000 at a time. */
        ReplayedAllOut: {
            count: number;
            preview: boolean;
            sample: components["schemas"]["DeliveryOut"][];
            message: string;
        };
        /** @description A message after its replay, and the id of the new one. */
        ReplayedOut: {
            id: number;
            message_id: string;
            task: string;
            queue: string;
            external_ticket_id: string;
            outcome: components["schemas"]["DeliveryOutcomeEnum"];
            code: string;
            reason: string;
            attempts: number;
            deliveries: number;
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            finished_at: string | null;
            readonly is_signed: boolean;
            readonly is_replayable: boolean;
            payload: unknown;
            headers: {
                [key: string]: unknown;
            };
            readonly raw: string;
            /** Format: uuid */
            replayed_as: string;
            message: string;
        };
        /**
         * Result
         * @description What became of a message; `received` means that its work is not finished.
         * @enum {string}
         */
        Result: "received" | "done" | "duplicate" | "conflict" | "unmatched" | "parked";
        /**
         * @description * `resolved` - Resolved
         *     * `rejected` - Rejected
         *     * `cancelled` - Cancelled
         * @enum {string}
         */
        ResultEnum: "resolved" | "rejected" | "cancelled";
        /** @description A role of the replica; `member_count` counts who may be given its work. */
        RoleOut: {
            role_id: number;
            name: string;
            system: string;
            description: string;
            is_active: boolean;
            member_count: number;
        };
        RolePageOut: {
            count: number;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["RoleOut"][];
        };
        RoleSharesOut: {
            role_id: number;
            role: string;
            assignments: number;
            /** Format: double */
            effort: number;
            /** @description Most minus least `given` among the members who were never skipped. */
            spread: number;
            members: components["schemas"]["MemberShareOut"][];
        };
        /**
         * RunIn
         * @description Which unmatched ticket shall run on which workflow.
         */
        RunInRequest: {
            /** Ticket Id */
            ticket_id: number;
            /** Workflow Id */
            workflow_id: number;
        };
        /**
         * SetAsideIn
         * @description Why a message is set aside.
         */
        SetAsideInRequest: {
            /**
             * Notes
             * @description What to say about it; the reason where one is needed.
             * @default
             */
            notes?: string;
        };
        /** @description A message that was set aside. */
        SetAsideOut: {
            id: number;
            message_id: string;
            task: string;
            queue: string;
            external_ticket_id: string;
            outcome: components["schemas"]["DeliveryOutcomeEnum"];
            code: string;
            reason: string;
            attempts: number;
            deliveries: number;
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            finished_at: string | null;
            readonly is_signed: boolean;
            readonly is_replayable: boolean;
            payload: unknown;
            headers: {
                [key: string]: unknown;
            };
            readonly raw: string;
            message: string;
        };
        /**
         * @description * `absent` - absent
         *     * `off_hours` - off_hours
         *     * `at_capacity` - at_capacity
         * @enum {string}
         */
        SkipEnum: "absent" | "off_hours" | "at_capacity";
        /** @description From the first instant to before the second. */
        SlaReportOut: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            results: components["schemas"]["PriorityRowOut"][];
        };
        /**
         * @description * `ok` - ok
         *     * `at_risk` - at_risk
         *     * `breached` - breached
         * @enum {string}
         */
        SlaStateEnum: "ok" | "at_risk" | "breached";
        /** @description A time in which the clock ran; `total_s` is what it showed at the end. */
        SpanOut: {
            /** Format: date-time */
            begins_at: string;
            /** Format: date-time */
            ends_at: string;
            /** Format: double */
            counted_s: number;
            /** Format: double */
            total_s: number;
        };
        /**
         * State
         * @description Where a task stands.
         * @enum {string}
         */
        State: "pending" | "in_progress" | "on_hold" | "pending_external" | "completed" | "closed";
        /**
         * Status
         * @description Where a definition stands; only `deployed` takes new tickets.
         * @enum {string}
         */
        Status: "draft" | "initialized" | "deployed" | "paused";
        /**
         * StepActIn
         * @description An act upon the current step.
         */
        StepActInRequest: {
            /**
             * Version
             * @default null
             */
            version?: number | null;
            /**
             * Notes
             * @description What to say about it; the reason where one is needed.
             * @default
             */
            notes?: string;
            /**
             * Branch
             * @description Which branch of a task that is split; the only one that fits unless told.
             * @default null
             */
            branch?: number | null;
        };
        StepChangeOut: {
            step_id: number;
            name: string;
            fields_changed: components["schemas"]["FieldChangeOut"][];
        };
        /** @description The same for a step: its weight's share of the whole, capped by the ticket's deadline. */
        StepCountOut: {
            branch: number | null;
            step_id: number;
            step_name: string;
            /** Format: double */
            weight: number;
            /** Format: double */
            path_weight: number;
            is_capped: boolean;
            count: components["schemas"]["CountOut"];
        };
        /** @description A step of a draft. */
        StepOut: {
            step_id: number;
            workflow_id: number;
            workflow_name: string;
            name: string;
            role?: string | null;
            role_id: number | null;
            description: string;
            instruction: string;
            /** Format: double */
            weight: number;
            order: number;
            is_start: boolean;
            is_end: boolean;
            requires_approval: boolean;
            approvals_needed: number;
            requester_may_approve: boolean;
            previous_may_approve: boolean;
            fork: boolean;
            join: ("all" | "first") | number | null;
            escalate_to?: string | null;
            kind: components["schemas"]["NodeKindEnum"];
        };
        StepPageOut: {
            count: number;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["StepOut"][];
        };
        /** @description Where the task is. */
        StepRefOut: {
            step_id: number;
            name: string;
            role: string;
            role_id: number | null;
            description: string;
            instruction: string;
            requires_approval: boolean;
            approvals_needed: number;
            requester_may_approve: boolean;
            previous_may_approve: boolean;
            is_end: boolean;
            kind: string;
        };
        StepsDiffOut: {
            added: components["schemas"]["NodeOut"][];
            removed: components["schemas"]["NodeOut"][];
            changed: components["schemas"]["StepChangeOut"][];
        };
        /**
         * Strategy
         * @description How a step finds its person.
         * @enum {string}
         */
        Strategy: "round_robin" | "least_loaded" | "sticky" | "manual";
        /** @description The figures of all. */
        SummaryReportOut: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            tasks: number;
            open: number;
            resolved: number;
            rejected: number;
            cancelled: number;
            /** @description Past their deadline, or ended past it. */
            breached: number;
            /** Format: double */
            median_resolution_s: number | null;
            /** @description Tickets of that time without a workflow. */
            unmatched: number;
        };
        /** @description A task with everything about it, for this caller. */
        TaskDetailOut: {
            workflow: components["schemas"]["WorkflowRefOut"];
            current_step: components["schemas"]["StepRefOut"];
            assigned_user: components["schemas"]["PersonOut"] | null;
            owner: components["schemas"]["PersonOut"] | null;
            available_actions: components["schemas"]["ActionOut"][];
            assignments: components["schemas"]["AssignmentOut"][];
            approvals: components["schemas"]["ApprovalOut"][];
            history: components["schemas"]["EventOut"][];
            branches: components["schemas"]["BranchOut"][];
            join: components["schemas"]["JoinOut"] | null;
            is_sla_breached: boolean;
            external_approvals: {
                [key: string]: unknown;
            }[];
            task_id: string;
            ticket_id: number;
            external_ticket_id: string;
            workflow_id: number;
            workflow_name: string;
            title: string;
            description: string;
            priority: components["schemas"]["PriorityEnum"];
            status: components["schemas"]["TaskStateEnum"];
            /** @default  */
            assigned_user_name?: string;
            current_step_name: string;
            role: string;
            role_id: number;
            /** Format: date-time */
            sla_deadline: string;
            /** Format: date-time */
            step_deadline: string;
            readonly sla_state: components["schemas"]["SlaStateEnum"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            completed_at: string | null;
            version: number;
        };
        /** @description A task in a list. */
        TaskOut: {
            task_id: string;
            ticket_id: number;
            external_ticket_id: string;
            workflow_id: number;
            workflow_name: string;
            title: string;
            description: string;
            priority: components["schemas"]["PriorityEnum"];
            status: components["schemas"]["TaskStateEnum"];
            /** @default  */
            assigned_user_name?: string;
            current_step_name: string;
            role: string;
            role_id: number;
            /** Format: date-time */
            sla_deadline: string;
            /** Format: date-time */
            step_deadline: string;
            readonly sla_state: components["schemas"]["SlaStateEnum"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            completed_at: string | null;
            version: number;
            assigned_user: number | null;
            current_step: number;
        };
        TaskPageOut: {
            count?: number;
            /** @description False where there are more than were counted. */
            count_is_exact?: boolean;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["TaskOut"][];
            /** @description Nothing had the words; these are taken for mistyped. */
            is_search_corrected?: boolean;
        };
        /** @description A run of a ticket. */
        TaskRefOut: {
            task_id: string;
            status: components["schemas"]["TaskStateEnum"];
            workflow_id: number;
            workflow_name: string;
            current_step_name: string;
            /** Format: date-time */
            sla_deadline: string;
        };
        /** @description A task after a write, and what was done. */
        TaskSavedOut: {
            workflow: components["schemas"]["WorkflowRefOut"];
            current_step: components["schemas"]["StepRefOut"];
            assigned_user: components["schemas"]["PersonOut"] | null;
            owner: components["schemas"]["PersonOut"] | null;
            available_actions: components["schemas"]["ActionOut"][];
            assignments: components["schemas"]["AssignmentOut"][];
            approvals: components["schemas"]["ApprovalOut"][];
            history: components["schemas"]["EventOut"][];
            branches: components["schemas"]["BranchOut"][];
            join: components["schemas"]["JoinOut"] | null;
            is_sla_breached: boolean;
            external_approvals: {
                [key: string]: unknown;
            }[];
            task_id: string;
            ticket_id: number;
            external_ticket_id: string;
            workflow_id: number;
            workflow_name: string;
            title: string;
            description: string;
            priority: components["schemas"]["PriorityEnum"];
            status: components["schemas"]["TaskStateEnum"];
            /** @default  */
            assigned_user_name?: string;
            current_step_name: string;
            role: string;
            role_id: number;
            /** Format: date-time */
            sla_deadline: string;
            /** Format: date-time */
            step_deadline: string;
            readonly sla_state: components["schemas"]["SlaStateEnum"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            completed_at: string | null;
            version: number;
            message: string;
        };
        /**
         * @description * `pending` - pending
         *     * `in_progress` - in_progress
         *     * `on_hold` - on_hold
         *     * `pending_external` - pending_external
         *     * `completed` - completed
         *     * `closed` - closed
         * @enum {string}
         */
        TaskStateEnum: "pending" | "in_progress" | "on_hold" | "pending_external" | "completed" | "closed";
        /** @description From the first instant to before the second. */
        TasksReportOut: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            results: components["schemas"]["DayRowOut"][];
        };
        /** @description A ticket with what else the help desk said. */
        TicketDetailOut: {
            ticket_id: number;
            external_ticket_id: string;
            source: string;
            title: string;
            description: string;
            priority: components["schemas"]["PriorityEnum"];
            category: string;
            sub_category: string;
            department: string;
            requester_name: string;
            requester_email: string;
            status: components["schemas"]["TicketStateEnum"];
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            opened_at: string | null;
            readonly task: components["schemas"]["TaskRefOut"] | null;
            attachments: {
                [key: string]: unknown;
            }[];
            extra: {
                [key: string]: unknown;
            };
            revision: number | null;
            /** Format: date-time */
            revised_at: string | null;
        };
        /** @description A ticket as the help desk sent it last; `task` is its newest run. */
        TicketOut: {
            ticket_id: number;
            external_ticket_id: string;
            source: string;
            title: string;
            description: string;
            priority: components["schemas"]["PriorityEnum"];
            category: string;
            sub_category: string;
            department: string;
            requester_name: string;
            requester_email: string;
            status: components["schemas"]["TicketStateEnum"];
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            opened_at: string | null;
            readonly task: components["schemas"]["TaskRefOut"] | null;
        };
        TicketPageOut: {
            count?: number;
            /** @description False where there are more than were counted. */
            count_is_exact?: boolean;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["TicketOut"][];
            /** @description Nothing had the words; these are taken for mistyped. */
            is_search_corrected?: boolean;
        };
        /**
         * @description * `unmatched` - Unmatched
         *     * `running` - Running
         *     * `resolved` - Resolved
         *     * `rejected` - Rejected
         *     * `closed` - Closed
         *     * `cancelled` - Cancelled
         * @enum {string}
         */
        TicketStateEnum: "unmatched" | "running" | "resolved" | "rejected" | "closed" | "cancelled";
        TransitionChangeOut: {
            transition_id: number;
            name: string;
            fields_changed: components["schemas"]["FieldChangeOut"][];
        };
        /**
         * TransitionIn
         * @description Which way to take.
         */
        TransitionInRequest: {
            /**
             * Version
             * @default null
             */
            version?: number | null;
            /**
             * Notes
             * @description What to say about it; the reason where one is needed.
             * @default
             */
            notes?: string;
            /**
             * Branch
             * @description Which branch of a task that is split; the only one that fits unless told.
             * @default null
             */
            branch?: number | null;
            /** Transition Id */
            transition_id: number;
        };
        /** @description A transition of a draft. */
        TransitionOut: {
            transition_id: number;
            workflow_id: number;
            from_step: number;
            from_step_name: string;
            to_step: number | null;
            to_step_name?: string | null;
            name: string;
            kind: components["schemas"]["EdgeKindEnum"];
        };
        TransitionPageOut: {
            count: number;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["TransitionOut"][];
        };
        TransitionsDiffOut: {
            added: components["schemas"]["EdgeOut"][];
            removed: components["schemas"]["EdgeOut"][];
            changed: components["schemas"]["TransitionChangeOut"][];
        };
        /** @description A migration: who decided it when, how far it is, what became of its tasks. */
        UpgradeOut: {
            upgrade_id: number;
            workflow_id: number;
            to_version: number;
            from_versions: number[] | null;
            step_map: {
                [key: string]: number;
            };
            status: components["schemas"]["UpgradeStateEnum"];
            notes: string;
            total: number;
            counts: components["schemas"]["OutcomesOut"];
            /** Format: date-time */
            previewed_at: string;
            /** Format: date-time */
            created_at: string;
            created_by: number;
            created_by_name: string;
            /** Format: date-time */
            finished_at: string | null;
            cancelled_by: number | null;
            cancelled_by_name: string;
            /** Format: date-time */
            readonly undoable_until: string | null;
            /** Format: date-time */
            undo_started_at: string | null;
            undo_by: number | null;
            undo_by_name: string;
            /** Format: date-time */
            undone_at: string | null;
        };
        UpgradePageOut: {
            count: number;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["UpgradeOut"][];
        };
        /** @description A migration after a write, and what was done. */
        UpgradeSavedOut: {
            upgrade_id: number;
            workflow_id: number;
            to_version: number;
            from_versions: number[] | null;
            step_map: {
                [key: string]: number;
            };
            status: components["schemas"]["UpgradeStateEnum"];
            notes: string;
            total: number;
            counts: components["schemas"]["OutcomesOut"];
            /** Format: date-time */
            previewed_at: string;
            /** Format: date-time */
            created_at: string;
            created_by: number;
            created_by_name: string;
            /** Format: date-time */
            finished_at: string | null;
            cancelled_by: number | null;
            cancelled_by_name: string;
            /** Format: date-time */
            readonly undoable_until: string | null;
            /** Format: date-time */
            undo_started_at: string | null;
            undo_by: number | null;
            undo_by_name: string;
            /** Format: date-time */
            undone_at: string | null;
            message: string;
        };
        /**
         * @description * `applying` - Applying
         *     * `applied` - Applied
         *     * `cancelled` - Cancelled
         *     * `undoing` - Undoing
         *     * `undone` - Undone
         * @enum {string}
         */
        UpgradeStateEnum: "applying" | "applied" | "cancelled" | "undoing" | "undone";
        /** @description A migration with a page of its tasks. */
        UpgradeTasksOut: {
            upgrade_id: number;
            workflow_id: number;
            to_version: number;
            from_versions: number[] | null;
            step_map: {
                [key: string]: number;
            };
            status: components["schemas"]["UpgradeStateEnum"];
            notes: string;
            total: number;
            counts: components["schemas"]["OutcomesOut"];
            /** Format: date-time */
            previewed_at: string;
            /** Format: date-time */
            created_at: string;
            created_by: number;
            created_by_name: string;
            /** Format: date-time */
            finished_at: string | null;
            cancelled_by: number | null;
            cancelled_by_name: string;
            /** Format: date-time */
            readonly undoable_until: string | null;
            /** Format: date-time */
            undo_started_at: string | null;
            undo_by: number | null;
            undo_by_name: string;
            /** Format: date-time */
            undone_at: string | null;
            count?: number;
            count_is_exact?: boolean;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["UpgradedTaskOut"][];
        };
        /** @description What became of one task. */
        UpgradedTaskOut: {
            task_id: string;
            outcome: components["schemas"]["UpgradedTaskOutOutcomeEnum"];
            reason: string;
            sentence: string;
            from_version: number;
            from_step: string;
            to_step: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            undone_at: string | null;
        };
        /**
         * @description * `moved` - Moved
         *     * `skipped` - Skipped
         *     * `put_back` - Put back
         *     * `left` - Left where it is
         * @enum {string}
         */
        UpgradedTaskOutOutcomeEnum: "moved" | "skipped" | "put_back" | "left";
        /**
         * ValidateIn
         * @description A ticket as a help desk would send it, in its message or by itself.
         */
        ValidateInRequest: {
            /**
             * Ticket Data
             * @description The ticket.
             */
            ticket_data: {
                [key: string]: unknown;
            };
        };
        /**
         * @description * `same_step` - same_step
         *     * `mapped_step` - mapped_step
         *     * `unsafe` - unsafe
         * @enum {string}
         */
        VerdictEnum: "same_step" | "mapped_step" | "unsafe";
        /** @description Whether a ticket would be accepted, and what would come of it. */
        VerdictOut: {
            accepted: boolean;
            outcome: components["schemas"]["DeliveryOutcomeEnum"];
            faults: components["schemas"]["FaultOut"][];
            workflow: components["schemas"]["FittingWorkflowOut"] | null;
            first_role: string;
            priority: string;
        };
        /** @description Whether the trail is whole, and how many rows and anchors were checked. */
        VerificationOut: {
            valid: boolean;
            checked: number;
            anchors: number;
            /** Format: date */
            anchored_until: string | null;
            first_altered: components["schemas"]["AlterationOut"] | null;
        };
        /** @description A deploy with the graph that its tasks run on. */
        VersionDetailOut: {
            version_id: number;
            number: number;
            is_current: boolean;
            /** Format: date-time */
            created_at: string;
            created_by: number | null;
            created_by_name: string;
            graph: components["schemas"]["FrozenGraphOut"];
        };
        /** @description A deploy. */
        VersionOut: {
            version_id: number;
            number: number;
            is_current: boolean;
            /** Format: date-time */
            created_at: string;
            created_by: number | null;
            created_by_name: string;
        };
        VersionPageOut: {
            count: number;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["VersionOut"][];
        };
        /** @description A branch that has not arrived: who has it, or else the role that it waits for. */
        WaitsForOut: {
            branch: number;
            step_name: string;
            user_id: number | null;
            readonly name: string;
        };
        WhyOut: {
            assignment_id: number;
            step_name: string;
            role: string;
            user_id: number;
            user_name: string;
            /** Format: date-time */
            assigned_at: string;
            strategy: string;
            sentence: string;
            candidates: components["schemas"]["ConsideredOut"][];
        };
        /**
         * WorkflowIn
         * @description A new definition.
         */
        WorkflowInRequest: {
            /** Name */
            name: string;
            /** Category */
            category: string;
            /**
             * Description
             * @default
             */
            description?: string;
            /**
             * Sub Category
             * @default
             */
            sub_category?: string;
            /**
             * Department
             * @default
             */
            department?: string;
            /**
             * Low Sla
             * Format: duration
             * @default P3D
             */
            low_sla?: string;
            /**
             * Medium Sla
             * Format: duration
             * @default P1D
             */
            medium_sla?: string;
            /**
             * High Sla
             * Format: duration
             * @default PT8H
             */
            high_sla?: string;
            /**
             * Urgent Sla
             * Format: duration
             * @default PT4H
             */
            urgent_sla?: string;
            /**
             * End Logic
             * @default
             */
            end_logic?: components["schemas"]["EndLogic"] | "";
            /** @default round_robin */
            assignment_strategy?: components["schemas"]["Strategy"];
            /**
             * Calendar
             * @default null
             */
            calendar?: number | null;
        };
        /** @description A definition. `version` counts the saves of its graph, `deployed_version` the deploys. */
        WorkflowOut: {
            workflow_id: number;
            name: string;
            description: string;
            category: string;
            sub_category: string;
            department: string;
            status: components["schemas"]["WorkflowStatusEnum"];
            is_published: boolean;
            has_changes: boolean;
            /** Format: duration */
            low_sla: string;
            /** Format: duration */
            medium_sla: string;
            /** Format: duration */
            high_sla: string;
            /** Format: duration */
            urgent_sla: string;
            end_logic: components["schemas"]["EndLogicEnum"] | components["schemas"]["BlankEnum"];
            assignment_strategy: components["schemas"]["AssignmentStrategyEnum"];
            calendar: number | null;
            calendar_name?: string | null;
            version: number;
            deployed_version?: number | null;
            step_count: number;
            /** Format: date-time */
            created_at: string;
            created_by: number | null;
            /** Format: date-time */
            updated_at: string;
        };
        WorkflowPageOut: {
            count: number;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["WorkflowOut"][];
        };
        /** @description The pinned version of a task. */
        WorkflowRefOut: {
            workflow_id: number;
            name: string;
            version: number;
            category: string;
            sub_category: string;
            department: string;
            end_logic: string;
        };
        /** @description How many tasks began, how they stand or ended, and how long it took. */
        WorkflowRowOut: {
            tasks: number;
            open: number;
            resolved: number;
            rejected: number;
            cancelled: number;
            /** @description Past their deadline, or ended past it. */
            breached: number;
            /** Format: double */
            median_resolution_s: number | null;
            workflow_id: number;
            workflow_name: string;
        };
        /** @description A definition after a write, and what was done. */
        WorkflowSavedOut: {
            workflow_id: number;
            name: string;
            description: string;
            category: string;
            sub_category: string;
            department: string;
            status: components["schemas"]["WorkflowStatusEnum"];
            is_published: boolean;
            has_changes: boolean;
            /** Format: duration */
            low_sla: string;
            /** Format: duration */
            medium_sla: string;
            /** Format: duration */
            high_sla: string;
            /** Format: duration */
            urgent_sla: string;
            end_logic: components["schemas"]["EndLogicEnum"] | components["schemas"]["BlankEnum"];
            assignment_strategy: components["schemas"]["AssignmentStrategyEnum"];
            calendar: number | null;
            calendar_name?: string | null;
            version: number;
            deployed_version?: number | null;
            step_count: number;
            /** Format: date-time */
            created_at: string;
            created_by: number | null;
            /** Format: date-time */
            updated_at: string;
            message: string;
        };
        /**
         * @description * `draft` - Draft
         *     * `initialized` - Initialized
         *     * `deployed` - Deployed
         *     * `paused` - Paused
         * @enum {string}
         */
        WorkflowStatusEnum: "draft" | "initialized" | "deployed" | "paused";
        /** @description From the first instant to before the second. */
        WorkflowsReportOut: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            results: components["schemas"]["WorkflowRowOut"][];
        };
        /** @description One body for every error; `details` names the faulty fields where there are. */
        Error: {
            /** @description A sentence for people. */
            error: string;
            /** @description A word for machines, e.g. VALIDATION_ERROR. */
            code: string;
            details: {
                field?: string;
                message?: string;
                errors?: {
                    [key: string]: string[];
                };
            } & {
                [key: string]: unknown;
            };
            /** Format: date-time */
            timestamp: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    audit_list: {
        parameters: {
            query?: {
                action?: string;
                /** @description Pages of equal cost however deep, without `count`; empty for the first. */
                cursor?: string;
                end_date?: string;
                ordering?: "timestamp" | "-timestamp";
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                start_date?: string;
                task_id?: string;
                user_id?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    audit_anchors: {
        parameters: {
            query?: {
                /** @description Pages of equal cost however deep, without `count`; empty for the first. */
                cursor?: string;
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnchorPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    audit_verify: {
        parameters: {
            query?: {
                /** @description The last day, included. */
                end_date?: string;
                start_date?: string;
                subject?: string;
                task_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    dead_letters_list: {
        parameters: {
            query?: {
                /** @description Pages of equal cost however deep, without `count`; empty for the first. */
                cursor?: string;
                /** @description The last day, included. */
                end_date?: string;
                /** @description Only what was set aside for good. */
                is_set_aside?: boolean;
                outcome?: "received" | "done" | "duplicate" | "conflict" | "unmatched" | "parked";
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                /** @description Beginning of the ticket number, or a message id. */
                search?: string;
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    dead_letters_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetailOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    dead_letters_park: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SetAsideInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetAsideOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    dead_letters_replay: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    ingest_list: {
        parameters: {
            query?: {
                /** @description Pages of equal cost however deep, without `count`; empty for the first. */
                cursor?: string;
                /** @description The last day, included. */
                end_date?: string;
                outcome?: "received" | "done" | "duplicate" | "conflict" | "unmatched" | "parked";
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                /** @description Beginning of the ticket number, or a message id. */
                search?: string;
                start_date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    ingest_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetailOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    ingest_replay: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path: {
                inbox_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    ingest_replay_all: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayAllInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedAllOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    ingest_validate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerdictOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    people_availability_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailabilityOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    people_availability_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedAvailabilityInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailabilitySavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    own_availability_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailabilityOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    own_availability_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedAvailabilityInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailabilitySavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reports_agents: {
        parameters: {
            query?: {
                from?: string;
                /** @description The last day, included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentsReportOut"];
                    "text/csv": string;
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reports_fairness: {
        parameters: {
            query?: {
                from?: string;
                /** @description Name or number of a role; all roles unless told. */
                role?: string;
                /** @description The last day, included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FairnessOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reports_heatmap: {
        parameters: {
            query?: {
                from?: string;
                /** @description The last day, included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeatmapReportOut"];
                    "text/csv": string;
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reports_sla: {
        parameters: {
            query?: {
                from?: string;
                /** @description The last day, included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlaReportOut"];
                    "text/csv": string;
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reports_summary: {
        parameters: {
            query?: {
                from?: string;
                /** @description The last day, included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryReportOut"];
                    "text/csv": string;
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reports_tasks: {
        parameters: {
            query?: {
                from?: string;
                /** @description The last day, included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TasksReportOut"];
                    "text/csv": string;
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reports_workflows: {
        parameters: {
            query?: {
                from?: string;
                /** @description The last day, included. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowsReportOut"];
                    "text/csv": string;
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    roles_list: {
        parameters: {
            query?: {
                is_active?: boolean;
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                search?: string;
                system?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolePageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    roles_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    roles_members_list: {
        parameters: {
            query?: {
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
            };
            header?: never;
            path: {
                role_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    sla_at_risk: {
        parameters: {
            query?: {
                /** @description Pages of equal cost however deep, without `count`; empty for the first. */
                cursor?: string;
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                /** @description ISO 8601 or words: also what comes near its deadline in that time. */
                within?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AtRiskPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    sla_calendars_list: {
        parameters: {
            query?: {
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    sla_calendars_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    steps_list: {
        parameters: {
            query?: {
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                workflow_id?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    steps_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                step_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_list: {
        parameters: {
            query?: {
                assigned_user?: number;
                /** @description Pages of equal cost however deep, without `count`; empty for the first. */
                cursor?: string;
                /** @description Only what is assigned to the caller now. */
                mine?: boolean;
                /** @description The newest first unless told. */
                ordering?: "created_at" | "-created_at" | "sla_deadline" | "-sla_deadline" | "step_deadline" | "-step_deadline" | "priority" | "-priority" | "status" | "-status" | "task_id" | "-task_id";
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                priority?: "low" | "medium" | "high" | "urgent";
                /** @description Name or number of the role of the current step. */
                role?: string;
                /** @description Task id. Words of number, title, category or description, the last one may be a beginning; quotes, `or` and `-` as on the web. Without `ordering` the best of the newest hundred come first. */
                search?: string;
                sla?: "ok" | "at_risk" | "breached";
                /** @description A state, or `open` for all that have not ended. */
                status?: "pending" | "in_progress" | "on_hold" | "pending_external" | "completed" | "closed" | "open";
                ticket_id?: number;
                /** @description Only what nobody holds. */
                unassigned?: boolean;
                workflow_id?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDetailOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchedStatusInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DecisionInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_as_of: {
        parameters: {
            query: {
                at: string;
            };
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PastTaskOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_assign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOverInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_assignment_why: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: number;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhyOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_claim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StepActInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ActInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_complete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StepActInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_escalate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StepActInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_hold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ActInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_reject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DecisionInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_reopen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ActInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ActInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_sla: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClockOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_start: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StepActInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOverInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_transition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransitionInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tasks_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tickets_list: {
        parameters: {
            query?: {
                category?: string;
                /** @description Pages of equal cost however deep, without `count`; empty for the first. */
                cursor?: string;
                /** @description The newest first unless told. */
                ordering?: "received_at" | "-received_at" | "priority" | "-priority" | "status" | "-status" | "ticket_id" | "-ticket_id";
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                priority?: "low" | "medium" | "high" | "urgent";
                /** @description Words of number, title, category or description, the last one may be a beginning; quotes, `or` and `-` as on the web. Without `ordering` the best of the newest hundred come first. */
                search?: string;
                status?: "unmatched" | "running" | "resolved" | "rejected" | "closed" | "cancelled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tickets_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticket_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketDetailOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tickets_assign_workflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path: {
                ticket_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignWorkflowInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    tickets_unmatched_list: {
        parameters: {
            query?: {
                /** @description Pages of equal cost however deep, without `count`; empty for the first. */
                cursor?: string;
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    transitions_list: {
        parameters: {
            query?: {
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                workflow_id?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransitionPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    transitions_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                transition_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransitionOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_list: {
        parameters: {
            query?: {
                category?: string;
                department?: string;
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                search?: string;
                status?: "draft" | "initialized" | "deployed" | "paused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedWorkflowChangeInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_clone: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CloneInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_deploy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_export: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_graph_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_graph_save: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GraphInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_migrate: {
        parameters: {
            query?: {
                /** @description Pages of equal cost however deep, without `count`; empty for the first. */
                cursor?: string;
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                reason?: "ALREADY_ON_VERSION" | "NOT_OPEN" | "ON_HOLD" | "WAITS_EXTERNAL" | "BRANCHES_OPEN" | "APPROVALS_GIVEN" | "STEP_GONE" | "MAPPED_STEP_UNKNOWN" | "KIND_CHANGED" | "WITHIN_BRANCHES" | "ROLE_WITHOUT_MEMBER" | "MOVED_SINCE" | "FAILED";
                verdict?: "same_step" | "mapped_step" | "unsafe";
            };
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MigrateInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewTasksOut"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpgradeSavedOut"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpgradeSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_migrations_list: {
        parameters: {
            query?: {
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
            };
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpgradePageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_migrations_read: {
        parameters: {
            query?: {
                /** @description Pages of equal cost however deep, without `count`; empty for the first. */
                cursor?: string;
                outcome?: "moved" | "skipped" | "put_back" | "left";
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                reason?: "ALREADY_ON_VERSION" | "NOT_OPEN" | "ON_HOLD" | "WAITS_EXTERNAL" | "BRANCHES_OPEN" | "APPROVALS_GIVEN" | "STEP_GONE" | "MAPPED_STEP_UNKNOWN" | "KIND_CHANGED" | "WITHIN_BRANCHES" | "ROLE_WITHOUT_MEMBER" | "MOVED_SINCE" | "FAILED";
            };
            header?: never;
            path: {
                upgrade_id: number;
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpgradeTasksOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_migrations_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upgrade_id: number;
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpgradeSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_migrations_undo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path: {
                upgrade_id: number;
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpgradeSavedOut"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpgradeSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowSavedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_validate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GraphFaultsOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_versions_list: {
        parameters: {
            query?: {
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
            };
            header?: never;
            path: {
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionPageOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_versions_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDetailOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_versions_diff: {
        parameters: {
            query?: {
                to?: number;
            };
            header?: never;
            path: {
                number: number;
                workflow_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiffOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    workflows_import: {
        parameters: {
            query?: {
                dry_run?: boolean;
                replace?: number;
                version?: number;
            };
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ImportInRequest"];
                "application/yaml": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportedOut"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportedOut"];
                };
            };
            /** @description Any error. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
