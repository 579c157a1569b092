import { MAIL_PATH } from './mail/path.ts'

/** What `npm start -- --help` says. */
export const helpText = (port: number): string => `npm start [-- --fresh]

Runs the service on http://localhost:${port} with its database, queue, crons and mail, until Ctrl-C.

Options, behind "--":
  --fresh         forgets all kept data first
  --config FILE   takes the settings of this file, not those of wrangler.toml
  --help          says this

Variables, before the command (PORT=8080 npm start):
  PORT              the port of the service (${port})
  DATA_DIR          the folder of its data (.data); two starts at once need two folders
  STOREFRONT_PORT   the port of the example storefront (3000), where mails and logins lead; 0 starts none

Mails    are printed here, and shown on http://localhost:${port}${MAIL_PATH}
Shops    are in wrangler.toml, [vars.tenants]
Secrets  of a client are its name, unless .dev.vars has others:
         CLIENT_SECRETS='{"demo":{"dev":["a secret"]}}'
`
