// Written by dev/version.ts from package.json.

export const VERSION = '0.1.0'
