/**
 * Public domains whose names resolve to this machine, or to the address that is written in them. They serve development and attacks. No
 * list of them is complete: where the platform does not refuse private addresses itself, what a name resolves to is judged as well.
 */
export const domainsLeadingToPrivateAddresses: ReadonlySet<string> = new Set([
  // The address that is written in the name.
  ...['nip.io', 'sslip.io', 'xip.io', 'xip.name', 'traefik.me', 'backname.io', 'ipq.co'],
  ...['local-ip.co', 'local-ip.sh', 'local-ip.medicmobile.org', 'plex.direct'],
  ...['direct.quickconnect.to', 'edgestack.me'],
  // This machine.
  ...['localtest.me', 'lvh.me', 'vcap.me', 'fuf.me', 'lacolhost.com', 'localho.st', 'smackaho.st'],
  ...['localhost.direct', 'localhost.tv', 'localhst.co.uk', 'localdev.me', 'local.gd', 'lcl.host'],
  ...['localcert.net', 'localfabriek.nl', 'localmachine.info', 'localmachine.name', 'shed.host'],
  ...['ddev.site', 'lndo.site', 'docksal.site', '42foo.com', 'colasloth.com', 'yoogle.com'],
  ...['mouse-potato.com', 'fbi.com', 'local.sisteminha.com', 'spoofed.burpcollaborator.net'],
  ...['lvh.nu', 'ulh.us', 'loopback.jp', '127001.dev', 'local.dev'],
  // What a provider or a router answers within its own network.
  ...['metadata.goog', 'metadata.tencentyun.com', 'metadata.azure.com', 'internal.cloudapp.net'],
  ...['vpce.amazonaws.com', 'fritz.box', 'routerlogin.net', 'mshome.net', 'ts.net'],
  // One address and then another.
  ...['1u.ms', 'rbndr.us', 'lock.cmpxchg8b.com', 'rebind.it'],
])
