/** Generated from messaging_service/openapi.yaml by `npm run gen:api`. */

export interface paths {
    "/api/attachments/{attachment_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Download the file; a browser never shows it in our origin. */
        get: operations["api_attachments_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/comments/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the threads of a ticket, oldest first, each with its replies. */
        get: operations["api_comments_list"];
        put?: never;
        /** @description Write a comment or a reply. */
        post: operations["api_comments_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/comments/{comment_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Return the comment with its replies. */
        get: operations["api_comments_retrieve"];
        put?: never;
        post?: never;
        /** @description Delete one's own comment; replies keep their place below a tombstone. */
        delete: operations["api_comments_destroy"];
        options?: never;
        head?: never;
        /** @description Replace the text of one's own comment; the old text is kept. */
        patch: operations["api_comments_partial_update"];
        trace?: never;
    };
    "/api/comments/{comment_id}/attachments/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Hang a file of up to 10 MB on one's own comment; its content must be what it says. */
        post: operations["api_comments_attachments_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/comments/{comment_id}/rate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Set, change or take back one's thumb. */
        post: operations["api_comments_rate_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/comments/{comment_id}/revisions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the texts that were replaced, oldest first. */
        get: operations["api_comments_revisions_list"];
        put?: never;
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
        AttachmentInRequest: {
            /** Format: binary */
            file: string;
        };
        /** @description A file on a comment; `url` answers with a download. */
        AttachmentOut: {
            /** Format: uuid */
            id: string;
            filename: string;
            content_type: string;
            size_bytes: number;
            sha256: string;
            uploaded_by: number;
            /** Format: date-time */
            created_at: string;
            /** @description Return the path below the gateway, which the service's own port answers too. */
            readonly url: string;
        };
        /** @description The stored file and a sentence. */
        AttachmentWrittenOut: {
            /** Format: uuid */
            id: string;
            filename: string;
            content_type: string;
            size_bytes: number;
            sha256: string;
            uploaded_by: number;
            /** Format: date-time */
            created_at: string;
            /** @description Return the path below the gateway, which the service's own port answers too. */
            readonly url: string;
            message: string;
        };
        /**
         * CommentIn
         * @description A new comment; `mentions` are ids of users.
         */
        CommentInRequest: {
            /** Ticket Id */
            ticket_id: number;
            /** Text */
            text: string;
            /**
             * Parent Id
             * @default null
             */
            parent_id?: number | null;
            /**
             * Visibility
             * @default public
             */
            visibility?: components["schemas"]["CommentInVisibilityEnum"];
            /**
             * Mentions
             * @default []
             */
            mentions?: number[];
        };
        /** @enum {string} */
        CommentInVisibilityEnum: "public" | "internal";
        /** @description A comment without its replies; `seq` is that of its creation, unique in the ticket. */
        CommentOut: {
            id: number;
            ticket_id: number;
            user_id: number;
            username: string;
            /** @description Empty when deleted. */
            text: string;
            parent_id: number | null;
            visibility: components["schemas"]["VisibilityEnum"];
            mentions: number[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            seq: number;
            /** @description Return whether only a tombstone is left. */
            readonly is_deleted: boolean;
            ratings: components["schemas"]["RatingsOut"];
            readonly attachments: components["schemas"]["AttachmentOut"][];
        };
        /**
         * CommentEditIn
         * @description A new text for one's own comment; without `mentions` they stay as they are.
         */
        PatchedCommentEditInRequest: {
            /** Text */
            text: string;
            /**
             * Mentions
             * @default null
             */
            mentions?: number[] | null;
        };
        /**
         * RatingIn
         * @description A thumb, or null to take it back.
         */
        RatingInRequest: {
            /** Rating */
            rating: ("thumbs_up" | "thumbs_down") | null;
        };
        /** @description How many thumbs a comment has. */
        RatingsOut: {
            thumbs_up: number;
            thumbs_down: number;
        };
        /** @description A text that an edit or a delete replaced. */
        RevisionOut: {
            text: string;
            replaced_by: number;
            /** Format: date-time */
            replaced_at: string;
        };
        /** @description A page of replaced texts. */
        RevisionPageOut: {
            count: number;
            next: string | null;
            previous: string | null;
            results: components["schemas"]["RevisionOut"][];
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
        /** @description A comment with all replies of its thread, in order of seq. */
        ThreadOut: {
            id: number;
            ticket_id: number;
            user_id: number;
            username: string;
            /** @description Empty when deleted. */
            text: string;
            parent_id: number | null;
            visibility: components["schemas"]["VisibilityEnum"];
            mentions: number[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            seq: number;
            /** @description Return whether only a tombstone is left. */
            readonly is_deleted: boolean;
            ratings: components["schemas"]["RatingsOut"];
            readonly attachments: components["schemas"]["AttachmentOut"][];
            replies: components["schemas"]["CommentOut"][];
        };
        /** @description A page of threads. */
        ThreadPageOut: {
            /** @description Not when paging by cursor. */
            count?: number;
            next: string | null;
            previous: string | null;
            results: components["schemas"]["ThreadOut"][];
        };
        /**
         * @description * `public` - Public
         *     * `internal` - Internal
         * @enum {string}
         */
        VisibilityEnum: "public" | "internal";
        /** @description What a write answers with: the whole comment and a sentence. */
        WrittenOut: {
            id: number;
            ticket_id: number;
            user_id: number;
            username: string;
            /** @description Empty when deleted. */
            text: string;
            parent_id: number | null;
            visibility: components["schemas"]["VisibilityEnum"];
            mentions: number[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            seq: number;
            /** @description Return whether only a tombstone is left. */
            readonly is_deleted: boolean;
            ratings: components["schemas"]["RatingsOut"];
            readonly attachments: components["schemas"]["AttachmentOut"][];
            replies: components["schemas"]["CommentOut"][];
            message: string;
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
    api_attachments_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attachment_id: string;
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
                    "application/octet-stream": string;
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
    api_comments_list: {
        parameters: {
            query: {
                /** @description Empty to begin; answers have no count. */
                cursor?: string;
                page?: number;
                page_size?: number;
                ticket_id: number;
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
                    "application/json": components["schemas"]["ThreadPageOut"];
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
    api_comments_create: {
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
                "application/json": components["schemas"]["CommentInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenOut"];
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
    api_comments_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                comment_id: number;
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
                    "application/json": components["schemas"]["ThreadOut"];
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
    api_comments_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                comment_id: number;
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
    api_comments_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchedCommentEditInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenOut"];
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
    api_comments_attachments_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body have one effect and one answer, however often they come. */
                "Idempotency-Key"?: string;
            };
            path: {
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["AttachmentInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentWrittenOut"];
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
    api_comments_rate_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RatingInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenOut"];
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
    api_comments_revisions_list: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
            };
            header?: never;
            path: {
                comment_id: number;
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
                    "application/json": components["schemas"]["RevisionPageOut"];
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
