// Written by “npm run types:api” from the OpenAPI document of lib/server/openapi: change that, and write this anew.

export interface paths {
    "/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImports"];
        put?: never;
        post: operations["postImports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsId"];
        put?: never;
        post?: never;
        delete: operations["deleteImportsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/layout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["putImportsIdLayout"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["putImportsIdDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdCheck"];
        put?: never;
        post: operations["postImportsIdCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdCancellation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/causes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdCauses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/fixes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdFixes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/fixes/{at}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["deleteImportsIdFixesAt"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdCorrections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/attachment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/editable-rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdEditableRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdEdits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/replacement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdReplacement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/publication": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdPublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdUndo"];
        put?: never;
        post: operations["postImportsIdUndo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/redo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdRedo"];
        put?: never;
        post: operations["postImportsIdRedo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/rejections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdRejections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/rejections/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdRejectionsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/source": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdSource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/upload/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdUploadParts"];
        put?: never;
        post: operations["postImportsIdUploadParts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/upload/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdUploadCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/corrections/{correctionId}/upload/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getImportsIdCorrectionsCorrectionIdUploadParts"];
        put?: never;
        post: operations["postImportsIdCorrectionsCorrectionIdUploadParts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/corrections/{correctionId}/upload/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdCorrectionsCorrectionIdUploadCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/corrections/{correctionId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postImportsIdCorrectionsCorrectionIdCancellation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDatasets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDatasetsSlug"];
        put?: never;
        post?: never;
        delete: operations["deleteDatasetsSlug"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{slug}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDatasetsSlugRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{slug}/rows/{importId}/{row}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDatasetsSlugRowsImportIdRow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{slug}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDatasetsSlugExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{slug}/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDatasetsSlugTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{slug}/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postDatasetsSlugMatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dataset-matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postDatasetMatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{slug}/columns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["putDatasetsSlugColumnsId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{slug}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDatasetsSlugShares"];
        put?: never;
        post: operations["postDatasetsSlugShares"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{slug}/shares/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["deleteDatasetsSlugSharesUserId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["putAccount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["putAccountPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getAccountSessions"];
        put?: never;
        post?: never;
        delete: operations["deleteAccountSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["deleteAccountSessionsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getAccountTokens"];
        put?: never;
        post: operations["postAccountTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["deleteAccountTokensId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getSession"];
        put?: never;
        post: operations["postSession"];
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getSetup"];
        put?: never;
        post: operations["postSetup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postInvitationsCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postInvitationsAcceptance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/removed-users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getRemovedUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["deleteUsersId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/purge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getUsersIdPurge"];
        put?: never;
        post: operations["postUsersIdPurge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["putUsersIdRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/disablement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postUsersIdDisablement"];
        delete: operations["deleteUsersIdDisablement"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["postUsersIdPasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getInvitations"];
        put?: never;
        post: operations["postInvitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["deleteInvitationsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getAuditExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
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
        ImportDraft: {
            dataset?: string | null;
            into?: string | null;
            columns?: {
                included: boolean;
                name: string;
                /** @enum {string} */
                type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
                dateOrder: ("YMD" | "DMY" | "MDY") | null;
                decimalSign: ("." | ",") | null;
                open: boolean;
                format: {
                    trim?: boolean;
                    empty?: string[];
                    grouping?: boolean;
                    currency?: boolean;
                    values?: {
                        from: string;
                        to: string;
                    }[];
                    /** @enum {string} */
                    percent?: "number" | "fraction";
                    indianGrouping?: boolean;
                    negativeSigns?: boolean;
                    debitCredit?: boolean;
                    otherDigits?: boolean;
                    firstYear?: number;
                    monthNames?: boolean;
                    looseTimes?: boolean;
                    /** @enum {string} */
                    yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                };
                rules: {
                    required?: boolean;
                    unique?: boolean;
                    min?: string;
                    max?: string;
                    minLength?: number;
                    maxLength?: number;
                    pattern?: string;
                    allowed?: string[];
                    default?: string;
                };
                transform?: components["schemas"]["ColumnTransform"] | null;
                header: string;
            }[];
            added?: {
                included: boolean;
                name: string;
                /** @enum {string} */
                type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
                dateOrder: ("YMD" | "DMY" | "MDY") | null;
                decimalSign: ("." | ",") | null;
                open: boolean;
                format: {
                    trim?: boolean;
                    empty?: string[];
                    grouping?: boolean;
                    currency?: boolean;
                    values?: {
                        from: string;
                        to: string;
                    }[];
                    /** @enum {string} */
                    percent?: "number" | "fraction";
                    indianGrouping?: boolean;
                    negativeSigns?: boolean;
                    debitCredit?: boolean;
                    otherDigits?: boolean;
                    firstYear?: number;
                    monthNames?: boolean;
                    looseTimes?: boolean;
                    /** @enum {string} */
                    yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                };
                rules: {
                    required?: boolean;
                    unique?: boolean;
                    min?: string;
                    max?: string;
                    minLength?: number;
                    maxLength?: number;
                    pattern?: string;
                    allowed?: string[];
                    default?: string;
                };
                transform?: components["schemas"]["ColumnTransform"] | null;
            }[];
            /** @enum {string} */
            shortRows?: "reject" | "pad";
            key?: string[];
            /** @enum {string} */
            mode?: "APPEND" | "UPSERT" | "INSERT" | "UPDATE" | "REPLACE";
            /** @enum {string} */
            duplicates?: "LAST" | "FIRST" | "REJECT";
            /** @enum {string} */
            onRejection?: "IMPORT_VALID" | "STOP" | "REVIEW";
            /** @enum {string} */
            step?: "SHEET" | "HEADER" | "COLUMNS";
            sameFileSeen?: boolean;
        };
        ColumnTransform: {
            from?: ({
                /** @constant */
                kind: "VALUE";
                value: string;
            } | {
                /** @constant */
                kind: "COLUMNS";
                columns: string[];
                separator: string;
            }) | null;
            steps?: components["schemas"]["TransformStep"][];
        };
        TransformStep: {
            /** @constant */
            kind: "TRIM";
        } | {
            /** @constant */
            kind: "CASE";
            /** @enum {string} */
            to: "UPPER" | "LOWER" | "TITLE";
        } | {
            /** @constant */
            kind: "SPLIT";
            separator: string;
            part: number;
            rest?: boolean;
        } | {
            /** @constant */
            kind: "REPLACE";
            values: {
                from: string;
                to: string;
            }[];
            ignoreCase?: boolean;
            /** @enum {string} */
            others?: "KEEP" | "EMPTY" | "REJECT";
        } | {
            /** @constant */
            kind: "DEFAULT";
            value: string;
        };
        Fix: {
            /** @constant */
            kind: "DATE_ORDER";
            column: string;
            /** @enum {string} */
            dateOrder: "YMD" | "DMY" | "MDY";
        } | {
            /** @constant */
            kind: "DECIMAL_SIGN";
            column: string;
            /** @enum {string} */
            decimalSign: "." | ",";
        } | {
            /** @constant */
            kind: "FORMAT";
            column: string;
            format: {
                trim?: boolean;
                grouping?: boolean;
                currency?: boolean;
                /** @enum {string} */
                percent?: "number" | "fraction";
            };
        } | {
            /** @constant */
            kind: "EMPTY";
            column: string;
            words: string[];
        } | {
            /** @constant */
            kind: "READ_AS";
            column: string;
            from: string;
            to: string;
        } | {
            /** @constant */
            kind: "ALLOW";
            column: string;
            values: string[];
        } | {
            /** @constant */
            kind: "DEFAULT";
            column: string;
            value: string;
        } | {
            /** @constant */
            kind: "OPTIONAL";
            column: string;
        } | {
            /** @constant */
            kind: "TEXT";
            column: string;
        } | {
            /** @constant */
            kind: "PAD_SHORT_ROWS";
        };
        Import: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "UPLOADING" | "INSPECTING" | "MAPPING" | "QUEUED" | "STAGING" | "REVIEW" | "PUBLISHING" | "COMPLETED" | "UNDONE" | "FAILED" | "CANCELLED";
            failure: {
                /** @enum {string} */
                reason: "EMPTY_FILE" | "UNSUPPORTED_FORMAT" | "LEGACY_XLS" | "PASSWORD_PROTECTED" | "INCOMPLETE_FILE" | "MALFORMED_FILE" | "UNKNOWN_ENCODING" | "INFLATED_TOO_LARGE" | "RECORD_TOO_LARGE" | "TOO_MANY_COLUMNS" | "UNCLOSED_QUOTE" | "NO_ROWS" | "SHEET_NOT_FOUND" | "FILE_CHANGED" | "UPLOAD_ABANDONED" | "REVIEW_ABANDONED" | "NOT_A_CORRECTION" | "RECEIPT_UNBALANCED" | "DATASET_GONE" | "DATASET_CHANGED" | "OUTAGE" | "INTERNAL";
                message: string;
                nextStep: string;
            } | null;
            file: {
                name: string;
                bytes: number;
                sha256: string | null;
                deletedAt: string | null;
            };
            dataset: {
                /** Format: uuid */
                id: string;
                slug: string;
                name: string;
            } | null;
            user: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** @enum {string} */
            mode: "APPEND" | "UPSERT" | "INSERT" | "UPDATE" | "REPLACE";
            /** @enum {string} */
            duplicates: "LAST" | "FIRST" | "REJECT";
            /** @enum {string} */
            onRejection: "IMPORT_VALID" | "STOP" | "REVIEW";
            correction: components["schemas"]["Correction"] | null;
            waitsUntil: string | null;
            publishedRevision: number | null;
            rows: components["schemas"]["RowCounts"];
            rowsLeftOut: number;
            rowsRemoved: number;
            bytesRead: number;
            rowsPerSecond: number | null;
            secondsLeft: number | null;
            seconds: number | null;
            inspections: number;
            attempts: number;
            peakRssMb: number | null;
            redoUntil: string | null;
            rowsDeletedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            sequence: string;
        };
        Correction: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "UPLOADING" | "INSPECTING" | "RECEIVED" | "FAILED" | "CANCELLED";
            failure: {
                /** @enum {string} */
                reason: "EMPTY_FILE" | "UNSUPPORTED_FORMAT" | "LEGACY_XLS" | "PASSWORD_PROTECTED" | "INCOMPLETE_FILE" | "MALFORMED_FILE" | "UNKNOWN_ENCODING" | "INFLATED_TOO_LARGE" | "RECORD_TOO_LARGE" | "TOO_MANY_COLUMNS" | "UNCLOSED_QUOTE" | "NO_ROWS" | "SHEET_NOT_FOUND" | "FILE_CHANGED" | "UPLOAD_ABANDONED" | "REVIEW_ABANDONED" | "NOT_A_CORRECTION" | "RECEIPT_UNBALANCED" | "DATASET_GONE" | "DATASET_CHANGED" | "OUTAGE" | "INTERNAL";
                message: string;
                nextStep: string;
            } | null;
            file: {
                name: string;
                bytes: number;
                sha256: string | null;
            };
            /** Format: date-time */
            createdAt: string;
        };
        RowCounts: {
            read: number;
            inserted: number;
            updated: number;
            unchanged: number;
            skipped: number;
            rejected: number;
        };
        Refusal: {
            error: {
                /** @enum {string} */
                code: "bad-request" | "unauthenticated" | "forbidden" | "not-found" | "conflict" | "gone" | "too-large" | "unsupported-media-type" | "unprocessable" | "too-many-requests" | "unavailable" | "internal";
                message: string;
            };
        };
        CreatedImport: {
            import: components["schemas"]["Import"];
            upload: {
                /** @constant */
                kind: "single";
                /** Format: uri */
                url: string;
                headers: {
                    [key: string]: string;
                };
            } | {
                /** @constant */
                kind: "multipart";
                partSize: number;
                partCount: number;
            };
        };
        ImportDetails: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "UPLOADING" | "INSPECTING" | "MAPPING" | "QUEUED" | "STAGING" | "REVIEW" | "PUBLISHING" | "COMPLETED" | "UNDONE" | "FAILED" | "CANCELLED";
            failure: {
                /** @enum {string} */
                reason: "EMPTY_FILE" | "UNSUPPORTED_FORMAT" | "LEGACY_XLS" | "PASSWORD_PROTECTED" | "INCOMPLETE_FILE" | "MALFORMED_FILE" | "UNKNOWN_ENCODING" | "INFLATED_TOO_LARGE" | "RECORD_TOO_LARGE" | "TOO_MANY_COLUMNS" | "UNCLOSED_QUOTE" | "NO_ROWS" | "SHEET_NOT_FOUND" | "FILE_CHANGED" | "UPLOAD_ABANDONED" | "REVIEW_ABANDONED" | "NOT_A_CORRECTION" | "RECEIPT_UNBALANCED" | "DATASET_GONE" | "DATASET_CHANGED" | "OUTAGE" | "INTERNAL";
                message: string;
                nextStep: string;
            } | null;
            file: {
                name: string;
                bytes: number;
                sha256: string | null;
                deletedAt: string | null;
            };
            dataset: {
                /** Format: uuid */
                id: string;
                slug: string;
                name: string;
            } | null;
            user: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** @enum {string} */
            mode: "APPEND" | "UPSERT" | "INSERT" | "UPDATE" | "REPLACE";
            /** @enum {string} */
            duplicates: "LAST" | "FIRST" | "REJECT";
            /** @enum {string} */
            onRejection: "IMPORT_VALID" | "STOP" | "REVIEW";
            correction: components["schemas"]["Correction"] | null;
            waitsUntil: string | null;
            publishedRevision: number | null;
            rows: components["schemas"]["RowCounts"];
            rowsLeftOut: number;
            rowsRemoved: number;
            bytesRead: number;
            rowsPerSecond: number | null;
            secondsLeft: number | null;
            seconds: number | null;
            inspections: number;
            attempts: number;
            peakRssMb: number | null;
            redoUntil: string | null;
            rowsDeletedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            sequence: string;
            sameFile: components["schemas"]["SameFile"] | null;
            expectedRows: number | null;
            attemptNotes: components["schemas"]["Attempt"][];
            outdated: boolean;
            publishedAfter: {
                /** Format: uuid */
                id: string;
                fileName: string;
            } | null;
            inspection: components["schemas"]["Inspection"] | null;
            draft: components["schemas"]["ImportDraftOutput"] | null;
            mapping: {
                index: number;
                name: string;
                /** @enum {string} */
                type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
                dateOrder?: ("YMD" | "DMY" | "MDY") | null;
                decimalSign?: ("." | ",") | null;
                format?: {
                    trim?: boolean;
                    empty?: string[];
                    grouping?: boolean;
                    currency?: boolean;
                    values?: {
                        from: string;
                        to: string;
                    }[];
                    /** @enum {string} */
                    percent?: "number" | "fraction";
                    indianGrouping?: boolean;
                    negativeSigns?: boolean;
                    debitCredit?: boolean;
                    otherDigits?: boolean;
                    firstYear?: number;
                    monthNames?: boolean;
                    looseTimes?: boolean;
                    /** @enum {string} */
                    yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                } | null;
                rules?: {
                    required?: boolean;
                    unique?: boolean;
                    min?: string;
                    max?: string;
                    minLength?: number;
                    maxLength?: number;
                    pattern?: string;
                    allowed?: string[];
                    default?: string;
                } | null;
                transform?: {
                    from?: ({
                        /** @constant */
                        kind: "VALUE";
                        value: string;
                    } | {
                        /** @constant */
                        kind: "COLUMNS";
                        columns: string[];
                        separator: string;
                        indexes: number[];
                    }) | null;
                    steps?: components["schemas"]["TransformStepOutput"][];
                } | null;
                slot: number;
            }[] | null;
            layout: components["schemas"]["Layout"] | null;
            rejections: components["schemas"]["Rejection"][];
            replaces: {
                removed: number;
                changed: number;
                kept: number;
                added: number;
                rejected: number;
                rejectedRows: number[];
                keyed: boolean;
                emptied: string[];
            } | null;
            rejectedBy: {
                /** Format: uuid */
                id: string;
                fileName: string;
                /** @enum {string} */
                status: "UPLOADING" | "INSPECTING" | "MAPPING" | "QUEUED" | "STAGING" | "REVIEW" | "PUBLISHING" | "COMPLETED" | "UNDONE" | "FAILED" | "CANCELLED";
                dataset: {
                    /** Format: uuid */
                    id: string;
                    slug: string;
                    name: string;
                } | null;
            } | null;
            amendments: components["schemas"]["Amendment"][];
        };
        SameFile: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "UPLOADING" | "INSPECTING" | "MAPPING" | "QUEUED" | "STAGING" | "REVIEW" | "PUBLISHING" | "COMPLETED" | "UNDONE" | "FAILED" | "CANCELLED";
            fileName: string;
            user: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            dataset: {
                slug: string;
                name: string;
            } | null;
            /** Format: date-time */
            at: string;
        };
        Attempt: {
            number: number;
            /** Format: date-time */
            at: string;
            version: string;
            afterRow: number | null;
            rows: number;
            /** @default false */
            afterReview: boolean;
        };
        Inspection: {
            layout: components["schemas"]["Layout"];
            encodings: components["schemas"]["EncodingReading"][];
            columns: components["schemas"]["ProposedColumn"][];
            sample: {
                row: number;
                cells: string[];
            }[];
            top: {
                row: number;
                cells: string[];
            }[];
            headerSure: boolean;
            leftOut: components["schemas"]["LeftOutRows"][];
            warnings: string[];
        };
        Layout: {
            /** @enum {string} */
            format: "csv" | "xlsx";
            encoding: string | null;
            delimiter: string | null;
            quote: string | null;
            sheet: string | null;
            sheets: {
                name: string;
                /** @enum {string} */
                state: "visible" | "hidden" | "veryHidden";
                hasRows: boolean;
                extent: components["schemas"]["SheetExtent"] | null;
            }[];
            headerRow: number | null;
            headerRows: number[];
            rowsAbove: number;
            convertedFrom: ("xls" | "xlsb" | "ods" | "fods" | "html" | "xml") | null;
        };
        SheetExtent: {
            rows: number;
            columns: number;
            isExact: boolean;
        };
        EncodingReading: {
            encoding: string;
            lines: {
                text: string;
                differs: boolean;
            }[][];
        };
        ProposedColumn: {
            index: number;
            name: string;
            /** @enum {string} */
            type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
            dateOrder: ("YMD" | "DMY" | "MDY") | null;
            decimalSign: ("." | ",") | null;
            format: {
                trim?: boolean;
                empty?: string[];
                grouping?: boolean;
                currency?: boolean;
                values?: {
                    from: string;
                    to: string;
                }[];
                /** @enum {string} */
                percent?: "number" | "fraction";
                indianGrouping?: boolean;
                negativeSigns?: boolean;
                debitCredit?: boolean;
                otherDigits?: boolean;
                firstYear?: number;
                monthNames?: boolean;
                looseTimes?: boolean;
                /** @enum {string} */
                yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
            } | null;
            evidence: string;
            ambiguous: boolean;
            misfits: number;
            suggestion: components["schemas"]["SuggestedReading"] | null;
        };
        SuggestedReading: {
            /** @enum {string} */
            type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
            dateOrder: ("YMD" | "DMY" | "MDY") | null;
            decimalSign: ("." | ",") | null;
            format: {
                trim?: boolean;
                empty?: string[];
                grouping?: boolean;
                currency?: boolean;
                values?: {
                    from: string;
                    to: string;
                }[];
                /** @enum {string} */
                percent?: "number" | "fraction";
                indianGrouping?: boolean;
                negativeSigns?: boolean;
                debitCredit?: boolean;
                otherDigits?: boolean;
                firstYear?: number;
                monthNames?: boolean;
                looseTimes?: boolean;
                /** @enum {string} */
                yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
            } | null;
            rules: {
                required?: boolean;
                unique?: boolean;
                min?: string;
                max?: string;
                minLength?: number;
                maxLength?: number;
                pattern?: string;
                allowed?: string[];
                default?: string;
            } | null;
            evidence: string;
        };
        LeftOutRows: {
            /** @enum {string} */
            kind: "HEADER" | "TOTAL" | "NOTE" | "LINE";
            isLeftOut: boolean;
            says: string;
        };
        Rejection: {
            row: number;
            column: string | null;
            value: string;
            reason: string;
        };
        Amendment: {
            /** Format: date-time */
            at: string;
            by: string;
            what: {
                /** @constant */
                kind: "FIX";
                fix: components["schemas"]["FixOutput"];
                undone?: {
                    /** Format: date-time */
                    at: string;
                    by: string;
                };
            } | {
                /** @constant */
                kind: "FILE";
                name: string;
                sha256: string;
                rows: number;
                accepted: number;
                left?: {
                    rows: number;
                    first: number[];
                };
            } | {
                /** @constant */
                kind: "EDITS";
                rows: number;
            };
        };
        Done: {
            /** @constant */
            ok: true;
        };
        Check: {
            /** @enum {string} */
            state: "WAITING" | "RUNNING" | "DONE" | "FAILED" | "STOPPED";
            version: number;
            bytes: number;
            failure: {
                /** @enum {string} */
                reason: "EMPTY_FILE" | "UNSUPPORTED_FORMAT" | "LEGACY_XLS" | "PASSWORD_PROTECTED" | "INCOMPLETE_FILE" | "MALFORMED_FILE" | "UNKNOWN_ENCODING" | "INFLATED_TOO_LARGE" | "RECORD_TOO_LARGE" | "TOO_MANY_COLUMNS" | "UNCLOSED_QUOTE" | "NO_ROWS" | "SHEET_NOT_FOUND" | "FILE_CHANGED" | "UPLOAD_ABANDONED" | "REVIEW_ABANDONED" | "NOT_A_CORRECTION" | "RECEIPT_UNBALANCED" | "DATASET_GONE" | "DATASET_CHANGED" | "OUTAGE" | "INTERNAL";
                message: string;
                nextStep: string;
            } | null;
            figures: {
                causes: components["schemas"]["Cause"][];
                examined: number;
                rows: {
                    read: number;
                    accepted: number;
                    rejected: number;
                    leftOut: number;
                };
                bytesRead: number;
                columns: components["schemas"]["CheckedColumn"][];
                complete: boolean;
            } | null;
        };
        Cause: {
            column: string | null;
            code: string;
            reason: string;
            rows: number;
            examples: {
                row: number;
                value: string;
            }[];
            fixes: {
                fix: components["schemas"]["FixOutput"];
                rows: number;
                rereads: boolean;
            }[];
        };
        CheckedColumn: {
            index: number;
            name: string;
            rejected: number;
            empty: number | null;
            distinct: {
                count: number;
                more: boolean;
            } | null;
        };
        CreatedCorrection: {
            correction: components["schemas"]["Correction"];
            upload: {
                /** @constant */
                kind: "single";
                /** Format: uri */
                url: string;
                headers: {
                    [key: string]: string;
                };
            } | {
                /** @constant */
                kind: "multipart";
                partSize: number;
                partCount: number;
            };
        };
        EditableRow: {
            row: number;
            cells: (string | null)[];
            more: string[];
            valid: boolean;
            faults: {
                column: string | null;
                reason: string;
            }[];
        };
        UndoPreview: {
            rowsBefore: number;
            rowsAfter: number;
            removed: number;
            earlier: number;
            restored: number;
            unchanged: number;
            reverted: number;
            kept: number;
            changedBy: {
                /** Format: uuid */
                id: string;
                fileName: string;
                /** @enum {string} */
                mode: "APPEND" | "UPSERT" | "INSERT" | "UPDATE" | "REPLACE";
                rows: number | null;
            }[];
            together: {
                /** Format: uuid */
                id: string;
                fileName: string;
            }[];
            rowsAfterInOrder: number;
            redoDays: number | null;
        };
        RedoPreview: {
            rowsBefore: number;
            rowsAfter: number;
            replacedBy: {
                /** Format: uuid */
                id: string;
                fileName: string;
            } | null;
            changedBy: {
                /** Format: uuid */
                id: string;
                fileName: string;
                rows: number;
            }[];
            together: {
                /** Format: uuid */
                id: string;
                fileName: string;
            }[];
            rowsAfterInOrder: number;
        };
        Receipt: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "UPLOADING" | "INSPECTING" | "MAPPING" | "QUEUED" | "STAGING" | "REVIEW" | "PUBLISHING" | "COMPLETED" | "UNDONE" | "FAILED" | "CANCELLED";
            user: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            dataset: {
                /** Format: uuid */
                id: string;
                slug: string;
                name: string;
            } | null;
            /** @enum {string} */
            mode: "APPEND" | "UPSERT" | "INSERT" | "UPDATE" | "REPLACE";
            /** @enum {string} */
            duplicates: "LAST" | "FIRST" | "REJECT";
            /** @enum {string} */
            onRejection: "IMPORT_VALID" | "STOP" | "REVIEW";
            publishedRevision: number | null;
            publishedAfter: {
                /** Format: uuid */
                id: string;
                fileName: string;
            } | null;
            layout: components["schemas"]["Layout"] | null;
            mapping: {
                index: number;
                name: string;
                /** @enum {string} */
                type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
                dateOrder?: ("YMD" | "DMY" | "MDY") | null;
                decimalSign?: ("." | ",") | null;
                format?: {
                    trim?: boolean;
                    empty?: string[];
                    grouping?: boolean;
                    currency?: boolean;
                    values?: {
                        from: string;
                        to: string;
                    }[];
                    /** @enum {string} */
                    percent?: "number" | "fraction";
                    indianGrouping?: boolean;
                    negativeSigns?: boolean;
                    debitCredit?: boolean;
                    otherDigits?: boolean;
                    firstYear?: number;
                    monthNames?: boolean;
                    looseTimes?: boolean;
                    /** @enum {string} */
                    yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                } | null;
                rules?: {
                    required?: boolean;
                    unique?: boolean;
                    min?: string;
                    max?: string;
                    minLength?: number;
                    maxLength?: number;
                    pattern?: string;
                    allowed?: string[];
                    default?: string;
                } | null;
                transform?: {
                    from?: ({
                        /** @constant */
                        kind: "VALUE";
                        value: string;
                    } | {
                        /** @constant */
                        kind: "COLUMNS";
                        columns: string[];
                        separator: string;
                        indexes: number[];
                    }) | null;
                    steps?: components["schemas"]["TransformStepOutput"][];
                } | null;
                slot: number;
            }[] | null;
            amendments: components["schemas"]["Amendment"][];
            rowsRemoved: number;
            replaces: {
                removed: number;
                changed: number;
                kept: number;
                added: number;
                rejected: number;
                rejectedRows: number[];
                keyed: boolean;
                emptied: string[];
            } | null;
            seconds: number | null;
            redoUntil: string | null;
            rowsDeletedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            file: {
                name: string;
                bytes: number;
                sha256: string | null;
                deletedAt: string | null;
                etag: string | null;
            };
            tally: {
                read: number;
                inserted: number;
                updated: number;
                unchanged: number;
                skipped: number;
                rejected: number;
                balances: boolean;
            };
            options: {
                /** @enum {string} */
                shortRows: "reject" | "pad";
            };
            key: string[];
            notes: string[];
            attempts: components["schemas"]["Attempt"][];
            history: {
                revision: number;
                /** @enum {string} */
                kind: "PUBLISHED" | "UNDONE" | "REDONE";
                /** Format: date-time */
                at: string;
                by: string | null;
            }[];
        };
        OutcomePage: {
            columns: string[];
            rows: {
                row: number;
                /** @enum {string} */
                kind: "INSERTED" | "RESTORED" | "UPDATED" | "UNCHANGED" | "DUPLICATE" | "EXISTING" | "MISSING" | "REJECTED" | "REMOVED";
                cells: (string | null)[];
                before: (string | null)[] | null;
                matched: {
                    /** Format: uuid */
                    importId: string;
                    fileName: string | null;
                    row: number;
                } | null;
            }[];
            next: number | null;
        };
        Dataset: {
            /** Format: uuid */
            id: string;
            slug: string;
            name: string;
            columns: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
                slot: number;
                rules: {
                    required?: boolean;
                    unique?: boolean;
                    min?: string;
                    max?: string;
                    minLength?: number;
                    maxLength?: number;
                    pattern?: string;
                    allowed?: string[];
                    default?: string;
                } | null;
                format: {
                    trim?: boolean;
                    empty?: string[];
                    grouping?: boolean;
                    currency?: boolean;
                    values?: {
                        from: string;
                        to: string;
                    }[];
                    /** @enum {string} */
                    percent?: "number" | "fraction";
                    indianGrouping?: boolean;
                    negativeSigns?: boolean;
                    debitCredit?: boolean;
                    otherDigits?: boolean;
                    firstYear?: number;
                    monthNames?: boolean;
                    looseTimes?: boolean;
                    /** @enum {string} */
                    yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                    /** @enum {string} */
                    dateOrder?: "YMD" | "DMY" | "MDY";
                    /** @enum {string} */
                    decimalSign?: "." | ",";
                } | null;
                synonyms: string[];
                indexed: boolean;
            }[];
            key: string[];
            rows: number;
            imports: number;
            owner: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** @enum {string} */
            right: "VIEW" | "IMPORT" | "MANAGE";
            /** Format: date-time */
            createdAt: string;
        };
        RowPage: {
            rows: {
                /** Format: uuid */
                importId: string;
                row: number;
                cells: (string | null)[];
            }[];
            next: string | null;
            indexing?: {
                column: string;
                percent: number;
            }[];
        };
        RowHistory: {
            columns: string[];
            versions: {
                /** Format: uuid */
                importId: string;
                fileName: string | null;
                row: number;
                by: string;
                /** Format: date-time */
                at: string;
                cells: (string | null)[];
                /** @enum {string} */
                state: "SHOWN" | "OVERWRITTEN" | "UNDONE" | "REPLACED";
            }[];
        };
        Candidate: {
            dataset: components["schemas"]["Dataset"];
            same: number;
            missing: number;
            extra: number;
        };
        Share: {
            user: {
                /** Format: uuid */
                id: string;
                name: string;
                email: string;
            };
            /** @enum {string} */
            right: "VIEW" | "IMPORT" | "MANAGE";
        };
        Browser: {
            /** Format: uuid */
            id: string;
            current: boolean;
            agent: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        Token: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("imports:read" | "imports:write" | "datasets:read")[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            expired: boolean;
            lastUsedAt: string | null;
        };
        MadeToken: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("imports:read" | "imports:write" | "datasets:read")[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            expired: boolean;
            lastUsedAt: string | null;
            token: string;
        };
        Session: {
            user: {
                /** Format: uuid */
                id: string;
                name: string;
                email: string;
                /** @enum {string} */
                role: "MEMBER" | "ADMIN";
            };
            hasPassword: boolean;
        };
        User: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "MEMBER" | "ADMIN";
            disabledAt: string | null;
            /** Format: date-time */
            createdAt: string;
            imports: number;
            datasets: number;
        };
        RemovedUser: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
            /** Format: date-time */
            removedAt: string;
            imports: number;
        };
        PurgePreview: {
            datasets: {
                name: string;
                slug: string;
            }[];
            imports: number;
            importsOfOthers: number;
            elsewhere: number;
            rows: number;
            bytes: number;
            sessions: number;
            tokens: number;
        };
        MadeInvitation: {
            /** Format: uuid */
            id: string;
            email: string;
            /** @enum {string} */
            role: "MEMBER" | "ADMIN";
            invitedBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            token: string;
        };
        Invitation: {
            /** Format: uuid */
            id: string;
            email: string;
            /** @enum {string} */
            role: "MEMBER" | "ADMIN";
            invitedBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        AuditEvent: {
            id: string;
            at: string;
            /** @enum {string} */
            kind: "OWNER_MADE" | "SIGNED_IN" | "SIGN_IN_FAILED" | "SIGNED_OUT" | "SESSIONS_ENDED" | "PASSWORD_CHANGED" | "PASSWORD_LINK_MADE" | "PASSWORD_RENEWED" | "INVITED" | "INVITATION_WITHDRAWN" | "INVITATION_ACCEPTED" | "PERSON_ADMITTED" | "PERSON_RENAMED" | "ROLE_CHANGED" | "PERSON_DISABLED" | "PERSON_ENABLED" | "DATASET_SHARED" | "DATASET_UNSHARED" | "TOKEN_MADE" | "TOKEN_REVOKED" | "TOKEN_USED" | "DATASET_MADE" | "COLUMNS_ADDED" | "KEY_CHOSEN" | "COLUMN_CHANGED" | "IMPORT_CREATED" | "IMPORT_STARTED" | "IMPORT_CORRECTED" | "CORRECTION_CREATED" | "CORRECTION_CANCELLED" | "CORRECTION_FAILED" | "IMPORT_APPROVED" | "IMPORT_COMPLETED" | "IMPORT_FAILED" | "IMPORT_CANCELLED" | "IMPORT_UNDONE" | "IMPORT_REDONE" | "ROWS_EXPORTED" | "REJECTIONS_EXPORTED" | "SOURCE_DOWNLOADED" | "AUDIT_EXPORTED" | "IMPORT_DELETED" | "DATASET_DELETED" | "PERSON_PURGED" | "FILE_EXPIRED" | "ROWS_EXPIRED" | "IMPORT_PURGED" | "DATASET_PURGED" | "PERSON_REMOVED";
            by: {
                id: string;
                name: string;
            } | null;
            via: string | null;
            address: string | null;
            on: {
                id: string;
                name: string | null;
            } | null;
            dataset: {
                id: string;
                name: string;
                slug: string | null;
            } | null;
            facts: {
                /** @enum {string} */
                role?: "MEMBER" | "ADMIN";
                /** @enum {string} */
                right?: "VIEW" | "IMPORT" | "MANAGE";
                /** @enum {string} */
                way?: "password" | "single sign-on";
                reason?: string;
                /** @enum {string} */
                format?: "csv" | "json" | "xlsx";
                bytes?: number;
                rows?: number;
                rejected?: number;
                removed?: number;
                altered?: number;
                kept?: number;
                added?: number;
                imports?: number;
                sessions?: number;
                columns?: number;
                ruled?: number;
                keyColumns?: number;
                changed?: string;
                scope?: string;
            };
        };
        ImportDraftOutput: {
            dataset?: string | null;
            into?: string | null;
            columns?: {
                included: boolean;
                name: string;
                /** @enum {string} */
                type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
                dateOrder: ("YMD" | "DMY" | "MDY") | null;
                decimalSign: ("." | ",") | null;
                open: boolean;
                format: {
                    trim?: boolean;
                    empty?: string[];
                    grouping?: boolean;
                    currency?: boolean;
                    values?: {
                        from: string;
                        to: string;
                    }[];
                    /** @enum {string} */
                    percent?: "number" | "fraction";
                    indianGrouping?: boolean;
                    negativeSigns?: boolean;
                    debitCredit?: boolean;
                    otherDigits?: boolean;
                    firstYear?: number;
                    monthNames?: boolean;
                    looseTimes?: boolean;
                    /** @enum {string} */
                    yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                };
                rules: {
                    required?: boolean;
                    unique?: boolean;
                    min?: string;
                    max?: string;
                    minLength?: number;
                    maxLength?: number;
                    pattern?: string;
                    allowed?: string[];
                    default?: string;
                };
                transform?: components["schemas"]["ColumnTransformOutput"] | null;
                header: string;
            }[];
            added?: {
                included: boolean;
                name: string;
                /** @enum {string} */
                type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
                dateOrder: ("YMD" | "DMY" | "MDY") | null;
                decimalSign: ("." | ",") | null;
                open: boolean;
                format: {
                    trim?: boolean;
                    empty?: string[];
                    grouping?: boolean;
                    currency?: boolean;
                    values?: {
                        from: string;
                        to: string;
                    }[];
                    /** @enum {string} */
                    percent?: "number" | "fraction";
                    indianGrouping?: boolean;
                    negativeSigns?: boolean;
                    debitCredit?: boolean;
                    otherDigits?: boolean;
                    firstYear?: number;
                    monthNames?: boolean;
                    looseTimes?: boolean;
                    /** @enum {string} */
                    yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                };
                rules: {
                    required?: boolean;
                    unique?: boolean;
                    min?: string;
                    max?: string;
                    minLength?: number;
                    maxLength?: number;
                    pattern?: string;
                    allowed?: string[];
                    default?: string;
                };
                transform?: components["schemas"]["ColumnTransformOutput"] | null;
            }[];
            /** @enum {string} */
            shortRows?: "reject" | "pad";
            key?: string[];
            /** @enum {string} */
            mode?: "APPEND" | "UPSERT" | "INSERT" | "UPDATE" | "REPLACE";
            /** @enum {string} */
            duplicates?: "LAST" | "FIRST" | "REJECT";
            /** @enum {string} */
            onRejection?: "IMPORT_VALID" | "STOP" | "REVIEW";
            /** @enum {string} */
            step?: "SHEET" | "HEADER" | "COLUMNS";
            sameFileSeen?: boolean;
        };
        ColumnTransformOutput: {
            from?: ({
                /** @constant */
                kind: "VALUE";
                value: string;
            } | {
                /** @constant */
                kind: "COLUMNS";
                columns: string[];
                separator: string;
            }) | null;
            steps?: components["schemas"]["TransformStepOutput"][];
        };
        TransformStepOutput: {
            /** @constant */
            kind: "TRIM";
        } | {
            /** @constant */
            kind: "CASE";
            /** @enum {string} */
            to: "UPPER" | "LOWER" | "TITLE";
        } | {
            /** @constant */
            kind: "SPLIT";
            separator: string;
            part: number;
            rest?: boolean;
        } | {
            /** @constant */
            kind: "REPLACE";
            values: {
                from: string;
                to: string;
            }[];
            ignoreCase?: boolean;
            /** @enum {string} */
            others?: "KEEP" | "EMPTY" | "REJECT";
        } | {
            /** @constant */
            kind: "DEFAULT";
            value: string;
        };
        FixOutput: {
            /** @constant */
            kind: "DATE_ORDER";
            column: string;
            /** @enum {string} */
            dateOrder: "YMD" | "DMY" | "MDY";
        } | {
            /** @constant */
            kind: "DECIMAL_SIGN";
            column: string;
            /** @enum {string} */
            decimalSign: "." | ",";
        } | {
            /** @constant */
            kind: "FORMAT";
            column: string;
            format: {
                trim?: boolean;
                grouping?: boolean;
                currency?: boolean;
                /** @enum {string} */
                percent?: "number" | "fraction";
            };
        } | {
            /** @constant */
            kind: "EMPTY";
            column: string;
            words: string[];
        } | {
            /** @constant */
            kind: "READ_AS";
            column: string;
            from: string;
            to: string;
        } | {
            /** @constant */
            kind: "ALLOW";
            column: string;
            values: string[];
        } | {
            /** @constant */
            kind: "DEFAULT";
            column: string;
            value: string;
        } | {
            /** @constant */
            kind: "OPTIONAL";
            column: string;
        } | {
            /** @constant */
            kind: "TEXT";
            column: string;
        } | {
            /** @constant */
            kind: "PAD_SHORT_ROWS";
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
    getImports: {
        parameters: {
            query?: {
                status?: "UPLOADING" | "INSPECTING" | "MAPPING" | "QUEUED" | "STAGING" | "REVIEW" | "PUBLISHING" | "COMPLETED" | "UNDONE" | "FAILED" | "CANCELLED";
                q?: string;
                dataset?: string;
                before?: number;
                limit?: number;
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
                    "application/json": {
                        imports: components["schemas"]["Import"][];
                        next: number | null;
                    };
                };
            };
        };
    };
    postImports: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    fileName: string;
                    fileSize: number;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedImport"];
                };
            };
        };
    };
    getImportsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["ImportDetails"];
                };
            };
        };
    };
    deleteImportsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    putImportsIdLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    encoding?: string;
                    delimiter?: string;
                    quote?: ("\"" | "'") | null;
                    sheet?: string;
                    headerRow?: number | null;
                    headerRows?: number;
                    leftOut?: {
                        [key: string]: boolean;
                    };
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    putImportsIdDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportDraft"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    getImportsIdCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": {
                        check: components["schemas"]["Check"] | null;
                    };
                };
            };
        };
    };
    postImportsIdCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataset: {
                        /** Format: uuid */
                        id: string;
                    } | {
                        name: string;
                    };
                    columns: {
                        index: number;
                        name: string;
                        /** @enum {string} */
                        type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
                        dateOrder?: ("YMD" | "DMY" | "MDY") | null;
                        decimalSign?: ("." | ",") | null;
                        format?: {
                            trim?: boolean;
                            empty?: string[];
                            grouping?: boolean;
                            currency?: boolean;
                            values?: {
                                from: string;
                                to: string;
                            }[];
                            /** @enum {string} */
                            percent?: "number" | "fraction";
                            indianGrouping?: boolean;
                            negativeSigns?: boolean;
                            debitCredit?: boolean;
                            otherDigits?: boolean;
                            firstYear?: number;
                            monthNames?: boolean;
                            looseTimes?: boolean;
                            /** @enum {string} */
                            yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                        } | null;
                        rules?: {
                            required?: boolean;
                            unique?: boolean;
                            min?: string;
                            max?: string;
                            minLength?: number;
                            maxLength?: number;
                            pattern?: string;
                            allowed?: string[];
                            default?: string;
                        } | null;
                        transform?: components["schemas"]["ColumnTransform"] | null;
                    }[];
                    /**
                     * @default reject
                     * @enum {string}
                     */
                    shortRows?: "reject" | "pad";
                    key?: string[];
                    /** @enum {string} */
                    mode?: "APPEND" | "UPSERT" | "INSERT" | "UPDATE" | "REPLACE";
                    /**
                     * @default LAST
                     * @enum {string}
                     */
                    duplicates?: "LAST" | "FIRST" | "REJECT";
                    /**
                     * @default IMPORT_VALID
                     * @enum {string}
                     */
                    onRejection?: "IMPORT_VALID" | "STOP" | "REVIEW";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        check: components["schemas"]["Check"] | null;
                    };
                };
            };
        };
    };
    postImportsIdStart: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dataset: {
                        /** Format: uuid */
                        id: string;
                    } | {
                        name: string;
                    };
                    columns: {
                        index: number;
                        name: string;
                        /** @enum {string} */
                        type: "TEXT" | "INTEGER" | "DECIMAL" | "BOOLEAN" | "DATE" | "DATETIME" | "TIME" | "EMAIL" | "URL" | "CHOICE" | "JSON";
                        dateOrder?: ("YMD" | "DMY" | "MDY") | null;
                        decimalSign?: ("." | ",") | null;
                        format?: {
                            trim?: boolean;
                            empty?: string[];
                            grouping?: boolean;
                            currency?: boolean;
                            values?: {
                                from: string;
                                to: string;
                            }[];
                            /** @enum {string} */
                            percent?: "number" | "fraction";
                            indianGrouping?: boolean;
                            negativeSigns?: boolean;
                            debitCredit?: boolean;
                            otherDigits?: boolean;
                            firstYear?: number;
                            monthNames?: boolean;
                            looseTimes?: boolean;
                            /** @enum {string} */
                            yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                        } | null;
                        rules?: {
                            required?: boolean;
                            unique?: boolean;
                            min?: string;
                            max?: string;
                            minLength?: number;
                            maxLength?: number;
                            pattern?: string;
                            allowed?: string[];
                            default?: string;
                        } | null;
                        transform?: components["schemas"]["ColumnTransform"] | null;
                    }[];
                    /**
                     * @default reject
                     * @enum {string}
                     */
                    shortRows?: "reject" | "pad";
                    key?: string[];
                    /** @enum {string} */
                    mode?: "APPEND" | "UPSERT" | "INSERT" | "UPDATE" | "REPLACE";
                    /**
                     * @default LAST
                     * @enum {string}
                     */
                    duplicates?: "LAST" | "FIRST" | "REJECT";
                    /**
                     * @default IMPORT_VALID
                     * @enum {string}
                     */
                    onRejection?: "IMPORT_VALID" | "STOP" | "REVIEW";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    postImportsIdCancellation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    getImportsIdCauses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": {
                        causes: components["schemas"]["Cause"][];
                        examined: number;
                    };
                };
            };
        };
    };
    postImportsIdFixes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    fixes: components["schemas"]["Fix"][];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    deleteImportsIdFixesAt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                at: string;
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
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    postImportsIdCorrections: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    fileName: string;
                    fileSize: number;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedCorrection"];
                };
            };
        };
    };
    postImportsIdAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    getImportsIdEditableRows: {
        parameters: {
            query?: {
                from?: number;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
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
                    "application/json": {
                        columns: string[];
                        rows: components["schemas"]["EditableRow"][];
                        total: number;
                    };
                };
            };
        };
    };
    postImportsIdEdits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    edits: {
                        row: number;
                        column: string;
                        value: string;
                    }[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["EditableRow"][];
                        undo: {
                            row: number;
                            column: string;
                            value: string;
                        }[];
                        changed: number;
                    };
                };
            };
        };
    };
    postImportsIdReplacement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    column: string;
                    find: string;
                    replace: string;
                    /** @default false */
                    whole?: boolean;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["EditableRow"][];
                        undo: {
                            row: number;
                            column: string;
                            value: string;
                        }[];
                        changed: number;
                    };
                };
            };
        };
    };
    postImportsIdPublication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    removes?: number;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    getImportsIdUndo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["UndoPreview"];
                };
            };
        };
    };
    postImportsIdUndo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    extent?: "ALONE" | "IN_ORDER";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    getImportsIdRedo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["RedoPreview"];
                };
            };
        };
    };
    postImportsIdRedo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    extent?: "ALONE" | "IN_ORDER";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    getImportsIdReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Receipt"];
                };
            };
        };
    };
    getImportsIdRows: {
        parameters: {
            query?: {
                outcome?: "inserted" | "updated" | "unchanged" | "skipped" | "removed" | "changed" | "kept" | "added";
                column?: string;
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["OutcomePage"];
                };
            };
        };
    };
    getImportsIdRejections: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
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
                    "application/json": {
                        rejections: components["schemas"]["Rejection"][];
                        next: number | null;
                    };
                };
            };
        };
    };
    getImportsIdRejectionsExport: {
        parameters: {
            query?: {
                format?: "csv" | "xlsx";
            };
            header?: never;
            path: {
                id: string;
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
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
        };
    };
    getImportsIdSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            302: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getEvents: {
        parameters: {
            query?: {
                import?: string[];
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
                    "text/event-stream": string;
                };
            };
        };
    };
    getImportsIdUploadParts: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path: {
                id: string;
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
                    "application/json": {
                        /** @constant */
                        kind: "single";
                        /** Format: uri */
                        url: string;
                        headers: {
                            [key: string]: string;
                        };
                    } | {
                        /** @constant */
                        kind: "multipart";
                        partSize: number;
                        partCount: number;
                        parts: {
                            partNumber: number;
                            size: number;
                        }[];
                        next: number | null;
                    };
                };
            };
        };
    };
    postImportsIdUploadParts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    partNumbers: number[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        parts: {
                            partNumber: number;
                            size: number;
                            /** Format: uri */
                            url: string;
                        }[];
                    };
                };
            };
        };
    };
    postImportsIdUploadCompletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    getImportsIdCorrectionsCorrectionIdUploadParts: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path: {
                id: string;
                correctionId: string;
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
                    "application/json": {
                        /** @constant */
                        kind: "single";
                        /** Format: uri */
                        url: string;
                        headers: {
                            [key: string]: string;
                        };
                    } | {
                        /** @constant */
                        kind: "multipart";
                        partSize: number;
                        partCount: number;
                        parts: {
                            partNumber: number;
                            size: number;
                        }[];
                        next: number | null;
                    };
                };
            };
        };
    };
    postImportsIdCorrectionsCorrectionIdUploadParts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                correctionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    partNumbers: number[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        parts: {
                            partNumber: number;
                            size: number;
                            /** Format: uri */
                            url: string;
                        }[];
                    };
                };
            };
        };
    };
    postImportsIdCorrectionsCorrectionIdUploadCompletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                correctionId: string;
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
                    "application/json": components["schemas"]["Correction"];
                };
            };
        };
    };
    postImportsIdCorrectionsCorrectionIdCancellation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                correctionId: string;
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
                    "application/json": components["schemas"]["Correction"];
                };
            };
        };
    };
    getDatasets: {
        parameters: {
            query?: {
                q?: string;
                after?: string;
                limit?: number;
                named?: string;
                right?: "VIEW" | "IMPORT" | "MANAGE";
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
                    "application/json": {
                        datasets: components["schemas"]["Dataset"][];
                        next: string | null;
                    };
                };
            };
        };
    };
    getDatasetsSlug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
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
                    "application/json": components["schemas"]["Dataset"];
                };
            };
        };
    };
    deleteDatasetsSlug: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    getDatasetsSlugRows: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                at?: string;
                sort?: string;
                order?: "asc" | "desc";
                filter?: string;
                search?: string;
            };
            header?: never;
            path: {
                slug: string;
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
                    "application/json": components["schemas"]["RowPage"];
                };
            };
        };
    };
    getDatasetsSlugRowsImportIdRow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                importId: string;
                row: string;
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
                    "application/json": components["schemas"]["RowHistory"];
                };
            };
        };
    };
    getDatasetsSlugExport: {
        parameters: {
            query?: {
                format?: "csv" | "json";
                escape?: "formulas";
                at?: string;
            };
            header?: never;
            path: {
                slug: string;
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
                    "text/csv": string;
                    "application/json": string;
                };
            };
        };
    };
    getDatasetsSlugTemplate: {
        parameters: {
            query?: {
                format?: "csv" | "xlsx";
            };
            header?: never;
            path: {
                slug: string;
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
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
        };
    };
    postDatasetsSlugMatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    headers: string[];
                    values?: string[][];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        matches: ({
                            column: string | null;
                            /** @enum {string} */
                            how: "name" | "synonym" | "remembered" | "values" | "similar";
                            confidence: number;
                            dateOrder: ("YMD" | "DMY" | "MDY") | null;
                            decimalSign: ("." | ",") | null;
                            format: {
                                trim?: boolean;
                                empty?: string[];
                                grouping?: boolean;
                                currency?: boolean;
                                values?: {
                                    from: string;
                                    to: string;
                                }[];
                                /** @enum {string} */
                                percent?: "number" | "fraction";
                                indianGrouping?: boolean;
                                negativeSigns?: boolean;
                                debitCredit?: boolean;
                                otherDigits?: boolean;
                                firstYear?: number;
                                monthNames?: boolean;
                                looseTimes?: boolean;
                                /** @enum {string} */
                                yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                            } | null;
                            transform?: components["schemas"]["ColumnTransformOutput"];
                        } | null)[];
                        added: {
                            column: string;
                            transform: components["schemas"]["ColumnTransformOutput"];
                        }[];
                    };
                };
            };
        };
    };
    postDatasetMatches: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    headers: string[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        candidates: components["schemas"]["Candidate"][];
                    };
                };
            };
        };
    };
    putDatasetsSlugColumnsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    position?: number;
                    synonyms?: string[];
                    rules?: {
                        required?: boolean;
                        unique?: boolean;
                        min?: string;
                        max?: string;
                        minLength?: number;
                        maxLength?: number;
                        pattern?: string;
                        allowed?: string[];
                        default?: string;
                    } | null;
                    format?: {
                        trim?: boolean;
                        empty?: string[];
                        grouping?: boolean;
                        currency?: boolean;
                        values?: {
                            from: string;
                            to: string;
                        }[];
                        /** @enum {string} */
                        percent?: "number" | "fraction";
                        indianGrouping?: boolean;
                        negativeSigns?: boolean;
                        debitCredit?: boolean;
                        otherDigits?: boolean;
                        firstYear?: number;
                        monthNames?: boolean;
                        looseTimes?: boolean;
                        /** @enum {string} */
                        yesNo?: "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "cs" | "sv" | "da" | "nb" | "fi" | "hu" | "ro" | "tr" | "el" | "ru" | "uk";
                        /** @enum {string} */
                        dateOrder?: "YMD" | "DMY" | "MDY";
                        /** @enum {string} */
                        decimalSign?: "." | ",";
                    } | null;
                    indexed?: boolean;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
        };
    };
    getDatasetsSlugShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
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
                    "application/json": {
                        shares: components["schemas"]["Share"][];
                    };
                };
            };
        };
    };
    postDatasetsSlugShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @enum {string} */
                    right: "VIEW" | "IMPORT" | "MANAGE";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        shares: components["schemas"]["Share"][];
                    };
                };
            };
        };
    };
    deleteDatasetsSlugSharesUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                userId: string;
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    putAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    putAccountPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    currentPassword: string;
                    newPassword: string;
                    /** @default false */
                    keepTokens?: boolean;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    getAccountSessions: {
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
                    "application/json": {
                        sessions: components["schemas"]["Browser"][];
                    };
                };
            };
        };
    };
    deleteAccountSessions: {
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    deleteAccountSessionsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    getAccountTokens: {
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
                    "application/json": {
                        tokens: components["schemas"]["Token"][];
                    };
                };
            };
        };
    };
    postAccountTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes: ("imports:read" | "imports:write" | "datasets:read")[];
                    days: number;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeToken"];
                };
            };
        };
    };
    deleteAccountTokensId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    getSession: {
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
                    "application/json": {
                        session: components["schemas"]["Session"] | null;
                    };
                };
            };
        };
    };
    postSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    deleteSession: {
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    getSetup: {
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
                    "application/json": {
                        needed: boolean;
                        provider: string | null;
                    };
                };
            };
        };
    };
    postSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    name: string;
                    /** Format: email */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    postInvitationsCheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string;
                        invitedBy: string;
                        /** @enum {string} */
                        kind: "account" | "password";
                    };
                };
            };
        };
    };
    postInvitationsAcceptance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    name?: string;
                    password: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    getUsers: {
        parameters: {
            query?: {
                q?: string;
                after?: string;
                limit?: number;
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
                    "application/json": {
                        users: components["schemas"]["User"][];
                        next: string | null;
                    };
                };
            };
        };
    };
    getRemovedUsers: {
        parameters: {
            query?: {
                q?: string;
                after?: string;
                limit?: number;
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
                    "application/json": {
                        users: components["schemas"]["RemovedUser"][];
                        next: string | null;
                    };
                };
            };
        };
    };
    deleteUsersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    getUsersIdPurge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["PurgePreview"];
                };
            };
        };
    };
    postUsersIdPurge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    putUsersIdRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "MEMBER" | "ADMIN";
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    postUsersIdDisablement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    deleteUsersIdDisablement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    postUsersIdPasswordLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeInvitation"];
                };
            };
        };
    };
    getInvitations: {
        parameters: {
            query?: {
                before?: string;
                limit?: number;
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
                    "application/json": {
                        invitations: components["schemas"]["Invitation"][];
                        next: string | null;
                    };
                };
            };
        };
    };
    postInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @enum {string} */
                    role: "MEMBER" | "ADMIN";
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeInvitation"];
                };
            };
        };
    };
    deleteInvitationsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                what?: ("OWNER_MADE" | "SIGNED_IN" | "SIGN_IN_FAILED" | "SIGNED_OUT" | "SESSIONS_ENDED" | "PASSWORD_CHANGED" | "PASSWORD_LINK_MADE" | "PASSWORD_RENEWED" | "INVITED" | "INVITATION_WITHDRAWN" | "INVITATION_ACCEPTED" | "PERSON_ADMITTED" | "PERSON_RENAMED" | "ROLE_CHANGED" | "PERSON_DISABLED" | "PERSON_ENABLED" | "DATASET_SHARED" | "DATASET_UNSHARED" | "TOKEN_MADE" | "TOKEN_REVOKED" | "TOKEN_USED" | "DATASET_MADE" | "COLUMNS_ADDED" | "KEY_CHOSEN" | "COLUMN_CHANGED" | "IMPORT_CREATED" | "IMPORT_STARTED" | "IMPORT_CORRECTED" | "CORRECTION_CREATED" | "CORRECTION_CANCELLED" | "CORRECTION_FAILED" | "IMPORT_APPROVED" | "IMPORT_COMPLETED" | "IMPORT_FAILED" | "IMPORT_CANCELLED" | "IMPORT_UNDONE" | "IMPORT_REDONE" | "ROWS_EXPORTED" | "REJECTIONS_EXPORTED" | "SOURCE_DOWNLOADED" | "AUDIT_EXPORTED" | "IMPORT_DELETED" | "DATASET_DELETED" | "PERSON_PURGED" | "FILE_EXPIRED" | "ROWS_EXPIRED" | "IMPORT_PURGED" | "DATASET_PURGED" | "PERSON_REMOVED") | ("signIns" | "people" | "tokens" | "datasets" | "imports" | "exports" | "deletions");
                person?: string;
                dataset?: string;
                import?: string;
                from?: string;
                to?: string;
                before?: string;
                limit?: number;
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
                    "application/json": {
                        events: components["schemas"]["AuditEvent"][];
                        next: string | null;
                        names: {
                            person: string | null;
                            dataset: string | null;
                            import: string | null;
                        };
                    };
                };
            };
        };
    };
    getAuditExport: {
        parameters: {
            query?: {
                what?: ("OWNER_MADE" | "SIGNED_IN" | "SIGN_IN_FAILED" | "SIGNED_OUT" | "SESSIONS_ENDED" | "PASSWORD_CHANGED" | "PASSWORD_LINK_MADE" | "PASSWORD_RENEWED" | "INVITED" | "INVITATION_WITHDRAWN" | "INVITATION_ACCEPTED" | "PERSON_ADMITTED" | "PERSON_RENAMED" | "ROLE_CHANGED" | "PERSON_DISABLED" | "PERSON_ENABLED" | "DATASET_SHARED" | "DATASET_UNSHARED" | "TOKEN_MADE" | "TOKEN_REVOKED" | "TOKEN_USED" | "DATASET_MADE" | "COLUMNS_ADDED" | "KEY_CHOSEN" | "COLUMN_CHANGED" | "IMPORT_CREATED" | "IMPORT_STARTED" | "IMPORT_CORRECTED" | "CORRECTION_CREATED" | "CORRECTION_CANCELLED" | "CORRECTION_FAILED" | "IMPORT_APPROVED" | "IMPORT_COMPLETED" | "IMPORT_FAILED" | "IMPORT_CANCELLED" | "IMPORT_UNDONE" | "IMPORT_REDONE" | "ROWS_EXPORTED" | "REJECTIONS_EXPORTED" | "SOURCE_DOWNLOADED" | "AUDIT_EXPORTED" | "IMPORT_DELETED" | "DATASET_DELETED" | "PERSON_PURGED" | "FILE_EXPIRED" | "ROWS_EXPIRED" | "IMPORT_PURGED" | "DATASET_PURGED" | "PERSON_REMOVED") | ("signIns" | "people" | "tokens" | "datasets" | "imports" | "exports" | "deletions");
                person?: string;
                dataset?: string;
                import?: string;
                from?: string;
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
                    "text/csv": string;
                };
            };
        };
    };
    getHealth: {
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
                    "application/json": {
                        /** @enum {string} */
                        status: "ok" | "degraded";
                        problem: string | null;
                        workers: {
                            alive: number;
                            silent: number;
                            seenSecondsAgo: number | null;
                            problem: string | null;
                        };
                        visitor: {
                            /** @enum {string} */
                            proxy: "none" | "trusted" | "ignored";
                            address: string | null;
                        };
                    };
                };
            };
        };
    };
    getOpenapiJson: {
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
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
}
