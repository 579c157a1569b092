import { MAIL_PATH } from './mail/path.ts'

/** What `npm start -- --help` says. */
export const startHelpText = (port: number): string => `npm start [-- --fresh]

Runs the service on http://localhost:${port} with its database, queue, crons and mail, until Ctrl-C.

Options, behind "--":
  --fresh         deletes all stored data first
  --config FILE   takes the settings of this file, not those of wrangler.toml
  --help          prints this text

Variables, before the command (PORT=8080 npm start):
  PORT              the port of the service (${port})
  DATA_DIR          the folder of its data (.data); two starts at once need two folders
  STOREFRONT_PORT   the port of the example storefront (3000); mails and logins lead there. 0: no storefront

Mails:   are printed here, and shown on http://localhost:${port}${MAIL_PATH}
Shops:   are in wrangler.toml, [vars.tenants]
Secrets: the secret of a client is its name, unless .dev.vars has another one:
         CLIENT_SECRETS='{"demo":{"dev":["a secret"]}}'
`
