/** The version of this package, put in by build.mjs. */
declare const CLI_VERSION: string;
