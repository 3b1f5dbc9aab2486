/**
 * What the keys of YAML and JSON registries mean. Keys are compared word by word: `httpPort`, `http-port` and `HTTP_PORT`
 * are the words http, port.
 */

/** With one of these words a key speaks of ports. */
export const portWords = words('port ports porta portas puerto puertos порт порты 端口 ポート 포트');

/** Beside a port word, or alone over a number: what someone outside the container reaches. */
export const hostWords = words('host external published publish public exposed outside outer extern externo externa');

/** Beside a port word, or alone over a number: what the process listens on. */
export const containerWords = words('container internal target inside inner intern interno interna private');

/** Alone over a number: where the process listens, behind the port by which others reach it; and that other port. */
export const containerKeys = words('listens_on listen_on listening_on maps_to mapped_to forwards_to forwarded_to');
export const hostKeys = words('exposed_as exposed_on published_as published_on reachable_on reachable_at');

/** Beside a port word these add nothing. */
export const plainWords = words(
  'app application assigned allocated current default base main primary number service server listen new list map ' +
    'mapping mappings binding bindings all used by services assignments assignment allocations allocation registry registrations entries table definitions ' +
    'forward forwards forwarding forwardings redirect redirects redirection redirections',
);

/** Alone over a number, in a map that is about one service, these are its port. */
export const valueWords = words('default base number value assigned allocated main primary');

/** A key with one of these words is over a host and a container port, joined by a colon. */
export const mappingWords = words('mapping mappings binding bindings publish map');

/** The port that a service has left. */
export const formerWords = words('old former previous existing legacy prior original was antiga antiguo alt bisher');

/** Alone or beside words for ports: over a block of ports. */
export const rangeWords = words(
  'range ranges block blocks band bands span bereich rango faixa plage диапазон 范围 範囲 대역',
);

/** The first and the last port of a block. */
export const startWords = words('start from begin first min minimum low lower');
export const endWords = words('end to last max maximum high upper stop');

/** A block under one of these keys is everyone's, and not a group of that name. */
export const wholeWords = words(
  'constraint constraints limits global allowed valid pool total rules validation defaults',
);

/** A key with one of these words counts, measures or identifies something, even beside the word port. */
export const countWords = words(
  'next count counts total totals num size sizes timeout timeouts ttl interval retries retry per id ids pid pids uid gid ' +
    'uuid offset increment step vlan vlans pvid mtu baud baudrate bps kbps mbps',
);

/** A number under a key that ends with one of these words may measure or date something. */
export const measureWords = words(
  'version versions revision schema limit limits threshold thresholds weight priority order tier level rank index code ' +
    'codes expected status replicas workers threads connections memory cpu cpus disk gb mb kb ms seconds minutes hours days ' +
    'length width height date dates time timestamp created updated modified generated year month line lines rate budget ' +
    'score percent percentage kbps mbps gbps bps fps hz khz mhz ghz bits bytes kib mib gib tb px dpi celsius watts ' +
    'routes requests users population latitude longitude checksum hash commit sha name title speed',
);

/** What lies under these keys is no part of the registry. */
export const foreignKeys = words(
  'metadata meta healthcheck healthchecks health_check health_checks health_endpoint health_endpoints liveness readiness ' +
    'probe probes resources options env_vars envvars env_var environment_variables variables labels annotations tags ' +
    'types next_available next_port next_ports next_free statistics stats summary depends_on dependencies examples ' +
    'example usage template templates defaults',
);

/** A key with one of these words tells what is let through, whoever may own it. */
export const firewallWords = words(
  'firewall firewalld ufw iptables nftables брандмауэр 防火墙 ファイアウォール 방화벽',
);

/** Beside words for ports and protocols alone, a list of what is let through as well: `allowed_tcp_ports`. */
export const openWords = words('open opened allow allowed permit permitted whitelist whitelisted');

/** What lies under these keys is told of the past, or of a quarrel that is over: nothing is assigned there. */
export const historyWords = words(
  'history changelog changes migration migrations migrated resolved resolution resolutions conflict conflicts',
);

/** Keys over groups of things, and what the keys under them name. */
export const groupKeys: ReadonlyMap<string, 'services' | 'environments' | 'projects' | 'machines'> = new Map([
  ...pairs(
    'services',
    'services service apps applications app assignments assignment allocations allocation registry registrations entries items ' +
      'components modules agents stacks mappings repositories repos microservices infrastructure infra serviços servicos servicios ' +
      'dienste сервисы 服务 サービス 서비스',
  ),
  ...pairs('environments', 'environments environment envs env stages profiles overrides ambientes entornos umgebungen'),
  ...pairs('projects', 'projects project projetos proyectos projekte проекты 项目 プロジェクト'),
  ...pairs('machines', 'machines machine hosts nodes servers vms clusters'),
]);

/** Words that tell one port of a service from its others. A number under such a key is a port of the service around it. */
export const roleWords = words(
  'http https grpc rest api apis graphql ws wss websocket tcp udp smtp smtps imap imaps pop3 ssh sftp ftp dns mqtt mqtts amqp ' +
    'amqps stomp rpc rtmp rtsp sip turn stun web ui gui frontend backend client server admin management mgmt console dashboard ' +
    'portal metrics monitoring health debug debugger inspector prometheus exporter cluster gossip peer raft sync internal external ' +
    'primary secondary replica broker controller proxy gateway db database sql mysql mariadb postgres postgresql mongo mongodb ' +
    'redis memcached kafka zookeeper rabbitmq nats elasticsearch opensearch neo4j bolt cassandra clickhouse influxdb minio s3 ' +
    'webrtc rtc rcon voice torrent quic ldap ldaps snmp syslog qdrant weaviate milvus etcd consul vault grafana loki tempo jaeger zipkin otlp otel hmr livereload storybook docs ssl tls',
);

/** Ports below 1024 that registries give without saying that they are ports. */
export const lowPorts: ReadonlySet<number> = new Set([
  20, 21, 22, 23, 25, 53, 67, 68, 69, 80, 88, 110, 119, 123, 137, 138, 139, 143, 161, 162, 179, 389, 443, 445, 465, 500,
  514, 515, 548, 554, 587, 631, 636, 853, 873, 989, 990, 993, 995,
]);

/** Keys that describe an entry, best first. */
export const fieldKeys = {
  name: words(
    'name service service_name servicename app application app_name component module process used_by assigned_to agent',
  ),
  product: words('container container_name containername project repo repo_name repository id'),
  purpose: words('purpose usage use owner description reason'),
  container: words('container container_name containername docker_container'),
  aliases: words(
    'old_name former_name previous_name alias aka also_known_as repo repo_name repository container container_name',
  ),
  protocol: words('protocol transport proto protocolo protokoll 协议 プロトコル 프로토콜'),
  note: words(
    'description note notes reason comment purpose desc remark remarks usage why descrição descripción 备注 说明 備考',
  ),
  status: words('status state estado состояние 状态 상태'),
  environment: words('environment env stage ambiente entorno umgebung'),
  machine: words('server host node machine vm site'),
  address: words('bind binding address bind_address listen_address listen interface'),
  project: words('project projeto proyecto projekt'),
  path: words('compose compose_file composefile compose_path docker_compose'),
  group: words('stack group category layer band zone block'),
  internal: words('internal internal_only private container_only'),
  published: words('exposed public published external expose host_exposed exposed_to_host'),
  excused: words('conflict conflicts conflict_with conflicts_with known_conflict'),
} as const;

/** Over `true`: the whole entry plays this role. */
export const flagRoles: ReadonlyMap<string, 'reserved' | 'forbidden' | 'free'> = new Map([
  ['reserved', 'reserved'],
  ['planned', 'reserved'],
  ['forbidden', 'forbidden'],
  ['excluded', 'forbidden'],
  ['blocked', 'forbidden'],
  ['free', 'free'],
  ['available', 'free'],
]);

/** Keys and statuses of ports that nobody uses any more. */
export const retiredWords = words(
  'deprecated retired removed released decommissioned obsolete former old previous archived',
);

/** Words that may stand beside a role in a key: `excluded_ports`, `reserved_ranges`, `reserved_for_future`. */
export const roleFillers = words(
  'port ports range ranges list lists service services number numbers for future use block blocks the',
);

/** What a key's own comment calls its ports. */
export const hostPortPhrases = [
  'host port',
  'host ports',
  'published port',
  'external port',
  'porta do host',
  'puerto del host',
  '主机端口',
  '호스트 포트',
];
export const containerPortPhrases = [
  'container port',
  'container ports',
  'internal port',
  'target port',
  '容器端口',
  '컨테이너 포트',
];

/** Words or, where an underscore stands for a space, phrases. */
function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' ').map((word) => word.replaceAll('_', ' ')));
}

function pairs<T extends string>(meaning: T, list: string): [string, T][] {
  return list.split(' ').map((word) => [word, meaning]);
}
