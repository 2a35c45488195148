/** Generated from notification_service/openapi.yaml by `npm run gen:api`. */

export interface paths {
    "/api/v1/notifications/failed/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the mails that could not be delivered, newest first. */
        get: operations["api_v1_notifications_failed_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/failed/{mail_id}/retry/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Try a failed mail again, with all its attempts. */
        post: operations["api_v1_notifications_failed_retry_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/history/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List mails, newest first: administrators see all, others what went to them. */
        get: operations["api_v1_notifications_history_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/send/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Queue a mail for sending; its id leads to it in the delivery log. */
        post: operations["api_v1_notifications_send_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the template of every type. */
        get: operations["templates_list"];
        put?: never;
        /** @description Replace the shipped template of a type that has not been changed yet. */
        post: operations["api_v1_templates_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/{notification_type}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show the template of a type. */
        get: operations["api_v1_templates_retrieve"];
        /** @description Replace the template of a type. */
        put: operations["api_v1_templates_update"];
        post?: never;
        /** @description Go back to the shipped template of a type. */
        delete: operations["api_v1_templates_destroy"];
        options?: never;
        head?: never;
        /** @description Change parts of the template of a type. */
        patch: operations["api_v1_templates_partial_update"];
        trace?: never;
    };
    "/api/v1/templates/{notification_type}/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Render the template of a type, with changes that are not saved yet. */
        post: operations["api_v1_templates_preview_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/notifications/inapp/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List your alerts, newest first. */
        get: operations["api_v2_notifications_inapp_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/notifications/inapp/{notification_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Mark one of your alerts read or unread. */
        patch: operations["api_v2_notifications_inapp_partial_update"];
        trace?: never;
    };
    "/api/v2/notifications/inapp/mark-all-read/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Mark all your alerts read. */
        post: operations["api_v2_notifications_inapp_mark_all_read_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/preferences/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show what you hear of, by which channel, and when. */
        get: operations["api_v2_preferences_retrieve"];
        /** @description Replace your preferences. */
        put: operations["api_v2_preferences_update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ws-ticket/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Issue a ticket that opens one socket, once, within 30 s, from the same Origin.
         *
         *     It takes no Idempotency-Key: to give it again it would have to be kept. Ask for another.
         */
        post: operations["ws_ticket_create"];
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
        /** @description An alert. */
        AlertOut: {
            id: number;
            /** @description Grows by one with each alert of a person. */
            seq: number;
            subject: string;
            message: string;
            notification_type: string;
            is_read: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            read_at: string | null;
            readonly related_task_id: string | null;
            readonly related_ticket_number: string | null;
            metadata: {
                [key: string]: unknown;
            };
        };
        /** @description A page of alerts, with the number of all unread ones. */
        AlertPageOut: {
            /** @description Not when paging by cursor. */
            count?: number;
            unread_count: number;
            next: string | null;
            previous: string | null;
            results: components["schemas"]["AlertOut"][];
        };
        /**
         * ChannelsIn
         * @description By which channels to hear of one type.
         */
        ChannelsIn: {
            /**
             * Email
             * @default true
             */
            email?: boolean;
            /**
             * In App
             * @default true
             */
            in_app?: boolean;
        };
        /** @description By which channels one type comes. */
        ChannelsOut: {
            email: boolean;
            in_app: boolean;
            /** @description Cannot be switched off. */
            is_mandatory: boolean;
        };
        /** @enum {string} */
        DigestEnum: "off" | "hourly" | "daily";
        /** @description One mail of the delivery log. */
        MailOut: {
            id: number;
            /** Format: email */
            recipient: string;
            recipient_name: string;
            user_id: number | null;
            notification_type: string;
            subject: string;
            status: components["schemas"]["StatusEnum"];
            attempts: number;
            error: string;
            /** Format: date-time */
            created_at: string;
            readonly next_attempt_at: string | null;
            /** Format: date-time */
            sent_at: string | null;
            /** @description The Message-ID header. */
            message_id: string;
            /** @description The mail that it went in. */
            digest_id: number | null;
        };
        /** @description A page of the delivery log. */
        MailPageOut: {
            /** @description Not when paging by cursor. */
            count?: number;
            next: string | null;
            previous: string | null;
            results: components["schemas"]["MailOut"][];
        };
        /** @description How many alerts were marked. */
        MarkedOut: {
            updated: number;
            unread_count: number;
            message: string;
        };
        /** @enum {string} */
        NotificationTypeEnum: "task_assignment" | "task_transfer" | "task_escalation" | "task_completed" | "workflow_step_change" | "sla_warning" | "sla_breach" | "ticket_status" | "comment_added" | "mention" | "external_approval" | "account_created" | "invitation" | "otp" | "password_reset" | "login_alert" | "failed_login" | "account_locked" | "profile_updated" | "email_change" | "system";
        /**
         * AlertIn
         * @description What may be changed of an alert.
         */
        PatchedAlertInRequest: {
            /** Is Read */
            is_read: boolean;
        };
        /**
         * PreviewIn
         * @description What to preview: changes that are not saved, and a context (a sample one if left out).
         */
        PatchedPreviewInRequest: {
            /**
             * Subject
             * @default null
             */
            subject?: string | null;
            /**
             * Text
             * @default null
             */
            text?: string | null;
            /**
             * Html
             * @default null
             */
            html?: string | null;
            /**
             * Version
             * @default null
             */
            version?: number | null;
            /**
             * Context
             * @default null
             */
            context?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * TemplatePatch
         * @description Parts of a template; what is left out stays.
         */
        PatchedTemplatePatchRequest: {
            /**
             * Subject
             * @default null
             */
            subject?: string | null;
            /**
             * Text
             * @default null
             */
            text?: string | null;
            /**
             * Html
             * @default null
             */
            html?: string | null;
            /**
             * Version
             * @default null
             */
            version?: number | null;
        };
        /**
         * PreferencesIn
         * @description A person's choices as a whole; a type that is left out uses every channel.
         */
        PreferencesInRequest: {
            /** Channels */
            channels?: {
                [key: string]: components["schemas"]["ChannelsIn"];
            };
            /** @default null */
            quiet_hours?: components["schemas"]["QuietHoursIn"] | null;
            /**
             * Timezone
             * @default UTC
             */
            timezone?: string;
            /**
             * Digest
             * @default off
             */
            digest?: components["schemas"]["DigestEnum"];
            /**
             * Digest At
             * Format: time
             * @default 08:00:00
             */
            digest_at?: string;
        };
        /** @description A person's choices, every type named. */
        PreferencesOut: {
            channels: {
                [key: string]: components["schemas"]["ChannelsOut"];
            };
            quiet_hours: components["schemas"]["QuietHoursOut"] | null;
            timezone: string;
            digest: components["schemas"]["DigestEnum"];
            /** @description Of a daily digest, local time. */
            digest_at: string;
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @description What a mail would look like. */
        PreviewOut: {
            subject: string;
            text: string;
            html: string;
        };
        /**
         * QuietHoursIn
         * @description Local times between which no mail is sent; may span midnight.
         */
        QuietHoursIn: {
            /**
             * Start
             * Format: time
             */
            start: string;
            /**
             * End
             * Format: time
             */
            end: string;
        };
        /** @description Local times between which no mail is sent. */
        QuietHoursOut: {
            /** Format: time */
            start: string;
            /** Format: time */
            end: string;
        };
        /** @description A mail that is queued again. */
        RetriedOut: {
            id: number;
            /** Format: email */
            recipient: string;
            recipient_name: string;
            user_id: number | null;
            notification_type: string;
            subject: string;
            status: components["schemas"]["StatusEnum"];
            attempts: number;
            error: string;
            /** Format: date-time */
            created_at: string;
            readonly next_attempt_at: string | null;
            /** Format: date-time */
            sent_at: string | null;
            /** @description The Message-ID header. */
            message_id: string;
            /** @description The mail that it went in. */
            digest_id: number | null;
            message: string;
        };
        /** @description Preferences as they now are. */
        SavedPreferencesOut: {
            channels: {
                [key: string]: components["schemas"]["ChannelsOut"];
            };
            quiet_hours: components["schemas"]["QuietHoursOut"] | null;
            timezone: string;
            digest: components["schemas"]["DigestEnum"];
            /** @description Of a daily digest, local time. */
            digest_at: string;
            /** Format: date-time */
            updated_at: string | null;
            message: string;
        };
        /** @description A template as it now is. */
        SavedTemplateOut: {
            id: string;
            notification_type: string;
            subject: string;
            text: string;
            html: string;
            /** @description False: the one that ships. */
            is_custom: boolean;
            /** @description 0 while it is the shipped one. */
            version: number;
            /** Format: date-time */
            updated_at: string | null;
            updated_by: string;
            message: string;
        };
        /**
         * SendIn
         * @description A mail to send now.
         */
        SendInRequest: {
            /** User Email */
            user_email: string;
            /**
             * User Name
             * @default
             */
            user_name?: string;
            /** Notification Type */
            notification_type: components["schemas"]["NotificationTypeEnum"];
            /** Context Data */
            context_data?: {
                [key: string]: unknown;
            };
        };
        /** @description What became of the wish. */
        SendOut: {
            success: boolean;
            message: string;
            id: number;
        };
        /**
         * SocketTicketIn
         * @description The socket that the ticket is to open.
         */
        SocketTicketInRequest: {
            /**
             * Path
             * @example ws/comments/123/
             */
            path: string;
        };
        /** @description A one-time ticket; send it as the subprotocol `ticket.<ticket>` after `tts.v1`. */
        SocketTicketOut: {
            ticket: string;
            /** @description Seconds. */
            expires_in: number;
        };
        /**
         * @description * `queued` - Queued
         *     * `sending` - Being sent
         *     * `sent` - Sent
         *     * `failed` - Failed
         *     * `held` - Waits for the digest
         *     * `bundled` - Went out in a digest
         *     * `suppressed` - Not wanted by the recipient
         * @enum {string}
         */
        StatusEnum: "queued" | "sending" | "sent" | "failed" | "held" | "bundled" | "suppressed";
        /**
         * TemplateIn
         * @description A template that replaces the shipped one.
         */
        TemplateInRequest: {
            /** Notification Type */
            notification_type: components["schemas"]["NotificationTypeEnum"];
            /** Subject */
            subject: string;
            /** Text */
            text: string;
            /** Html */
            html: string;
        };
        /** @description The template that mails of a type are made from. */
        TemplateOut: {
            id: string;
            notification_type: string;
            subject: string;
            text: string;
            html: string;
            /** @description False: the one that ships. */
            is_custom: boolean;
            /** @description 0 while it is the shipped one. */
            version: number;
            /** Format: date-time */
            updated_at: string | null;
            updated_by: string;
        };
        /** @description A page of templates. */
        TemplatePageOut: {
            count: number;
            next: string | null;
            previous: string | null;
            results: components["schemas"]["TemplateOut"][];
        };
        /**
         * TemplatePut
         * @description A whole template; with `version`, only if nobody else has changed it since.
         */
        TemplatePutRequest: {
            /** Subject */
            subject: string;
            /** Text */
            text: string;
            /** Html */
            html: string;
            /**
             * Version
             * @default null
             */
            version?: number | null;
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
    api_v1_notifications_failed_retrieve: {
        parameters: {
            query?: {
                /** @description Pages of equal cost; start empty. */
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
                    "application/json": components["schemas"]["MailPageOut"];
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
    api_v1_notifications_failed_retry_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail_id: number;
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
                    "application/json": components["schemas"]["RetriedOut"];
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
    api_v1_notifications_history_retrieve: {
        parameters: {
            query?: {
                /** @description Pages of equal cost; start empty. */
                cursor?: string;
                notification_type?: "account_created" | "account_locked" | "comment_added" | "email_change" | "external_approval" | "failed_login" | "invitation" | "login_alert" | "mention" | "otp" | "password_reset" | "profile_updated" | "sla_breach" | "sla_warning" | "system" | "task_assignment" | "task_completed" | "task_escalation" | "task_transfer" | "ticket_status" | "workflow_step_change";
                /** @description From 1 on. */
                page?: number;
                /** @description 10 unless told, at most 100. */
                page_size?: number;
                /** @description The exact address. */
                recipient?: string;
                status?: "bundled" | "failed" | "held" | "queued" | "sending" | "sent" | "suppressed";
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
                    "application/json": components["schemas"]["MailPageOut"];
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
    api_v1_notifications_send_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body send one mail, however often they come. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendOut"];
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
    templates_list: {
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
                    "application/json": components["schemas"]["TemplatePageOut"];
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
    api_v1_templates_create: {
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
                "application/json": components["schemas"]["TemplateInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedTemplateOut"];
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
    api_v1_templates_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notification_type: string;
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
                    "application/json": components["schemas"]["TemplateOut"];
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
    api_v1_templates_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notification_type: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplatePutRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedTemplateOut"];
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
    api_v1_templates_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notification_type: string;
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
    api_v1_templates_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notification_type: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedTemplatePatchRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedTemplateOut"];
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
    api_v1_templates_preview_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notification_type: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedPreviewInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewOut"];
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
    api_v2_notifications_inapp_retrieve: {
        parameters: {
            query?: {
                /** @description Pages of equal cost; start empty. */
                cursor?: string;
                /** @description Only read or unread ones. */
                is_read?: boolean;
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
                    "application/json": components["schemas"]["AlertPageOut"];
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
    api_v2_notifications_inapp_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notification_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchedAlertInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertOut"];
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
    api_v2_notifications_inapp_mark_all_read_create: {
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
                    "application/json": components["schemas"]["MarkedOut"];
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
    api_v2_preferences_retrieve: {
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
                    "application/json": components["schemas"]["PreferencesOut"];
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
    api_v2_preferences_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PreferencesInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedPreferencesOut"];
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
    ws_ticket_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SocketTicketInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocketTicketOut"];
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
