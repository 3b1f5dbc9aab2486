import { basename } from '../../path.ts';
import { isMap, isScalar, isSeq, type YamlDocument, type YamlNode } from '../../yaml.ts';

/** The attributes of a compose service: https://docs.docker.com/reference/compose-file/services/ */
const ATTRIBUTES = new Set(
  `annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name
  cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec
  depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search domainname driver_opts entrypoint
  env_file environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc
  isolation label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models
  network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop privileged
  profiles provider pull_policy read_only restart runtime scale secrets security_opt shm_size stdin_open
  stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes
  volumes_from working_dir`.split(/\s+/),
);

/** Keys beside `services` that only files of other kinds have: Kubernetes, workflows, pipelines, OpenAPI. */
const FOREIGN = new Set([
  'apiVersion',
  'kind',
  'jobs',
  'steps',
  'pipeline',
  'openapi',
  'swagger',
  'asyncapi',
  'stages',
]);

const COMPOSE_NAME = /^(?:docker-?)?compose(?:[._-].*)?\.ya?ml$/i;

/** Whether the top level of a document is that of a compose file. Its name helps, its content decides. */
export function isCompose(document: YamlDocument, path: string): boolean {
  const root = document.entries(document.root);
  if (root.some(({ key }) => FOREIGN.has(key))) return false;
  const services = root.find(({ key }) => key === 'services')?.value;
  const hasName = COMPOSE_NAME.test(basename(path));
  let known = 0;
  let unknown = 0;
  let runs = false;
  for (const service of document.entries(services)) {
    for (const { key, value } of document.entries(service.value)) {
      if (key.startsWith('x-')) continue;
      if (isAttribute(key, value)) known++;
      else unknown++;
      if (!hasName && runsContainer(key, value)) runs = true;
    }
  }
  if (hasName && services === undefined) return root.some(({ key, value }) => key === 'include' && isSeq(value));
  return hasName ? known > unknown : runs && known >= 4 * unknown;
}

/** Registries have services with `ports: {http: 80}` and `environment: production`; compose files never do. */
function isAttribute(key: string, value: YamlNode | undefined): boolean {
  if (key === 'ports' || key === 'expose') return isSeq(value) || isEmpty(value);
  if (key === 'environment') return isMap(value) || isSeq(value) || isEmpty(value);
  return ATTRIBUTES.has(key);
}

/** Half-typed: a key without a value. */
function isEmpty(value: YamlNode | undefined): boolean {
  return value === undefined || (isScalar(value) && value.value === '');
}

/** Says what the container runs. Files with other names than compose files have must say this of one service. */
function runsContainer(key: string, value: YamlNode | undefined): boolean {
  if (key === 'image') return isScalar(value);
  if (key === 'build' || key === 'extends') return isScalar(value) || isMap(value);
  return key === 'ports' && isSeq(value) && value.items.some((item) => isScalar(item) && /:/.test(String(item.value)));
}
