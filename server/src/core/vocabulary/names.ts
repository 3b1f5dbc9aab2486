/** Words that say nothing about which service is meant. Taken off before names are compared. */
export const emptyWords: ReadonlySet<string> = new Set(
  'service services svc srv server container microservice instance the a of and for new servico servicio сервис 服务 서비스'.split(
    ' ',
  ),
);

/** Words that often are left out, but sometimes are all that tells two services apart. */
export const looseWords: ReadonlySet<string> = new Set('api app application rest http https'.split(' '));

/** Kinds of things: a name made of these alone names no particular service, and sharing one of them means nothing. */
export const genericWords: ReadonlySet<string> = new Set([
  ...emptyWords,
  ...looseWords,
  ...(
    'web www ui gui frontend front backend back end site website admin dashboard console portal panel client gateway proxy reverse ' +
    'worker workers job jobs queue cache db database databases data sql store storage registry manager engine core main default ' +
    'base shared internal external public local dev development staging stage prod production test demo sandbox preview docs ' +
    'documentation metrics metric monitoring monitor health exporter tcp udp ws wss websocket grpc smtp ssh ssl tls port ports ' +
    'host platform system systems hub node primary replica master slave standalone'
  ).split(' '),
]);

/** What products are, as people add it to their names. */
export const kindsOfProducts: ReadonlySet<string> = new Set(
  'cache database databases storage store object broker message queue vector search engine sql nosql'.split(' '),
);

/** Different spellings of one product. */
export const synonyms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    postgresql: 'postgres',
    pgsql: 'postgres',
    psql: 'postgres',
    mongodb: 'mongo',
    rabbit: 'rabbitmq',
    elastic: 'elasticsearch',
    k8s: 'kubernetes',
    auth: 'authentication',
    notifications: 'notification',
    db: 'database',
    mgmt: 'management',
    ws: 'websocket',
    doc: 'documentation',
    docs: 'documentation',
  }),
);

/** Products that stand in for one another, so that a registry may still name the other one. */
export const kin: readonly ReadonlySet<string>[] = [
  new Set(['elasticsearch', 'opensearch']),
  new Set(['redis', 'valkey', 'keydb', 'dragonfly']),
  new Set(['mysql', 'mariadb']),
  new Set(['postgres', 'postgis', 'timescaledb', 'pgvector']),
  new Set(['mailhog', 'mailpit', 'smtp']),
];

/** Programs that publish ports on behalf of others, so that another owner of the port is no surprise. */
export const proxies: ReadonlySet<string> = new Set(
  'nginx caddy traefik haproxy envoy ingress proxy openresty'.split(' '),
);

/** What is spoken on a port: a name made of these alone means whoever speaks it, and no particular service. */
export const protocols: ReadonlySet<string> = new Set(
  'otlp mqtt mqtts amqp amqps stomp wireguard openvpn rtsp rtmp rtp srt sip stun turn snmp syslog gelf statsd ldap ldaps smtps imap imaps pop ftp sftp telnet dns ntp smb nfs rdp vnc modbus coap jmx jdwp p2p'.split(
    ' ',
  ),
);
