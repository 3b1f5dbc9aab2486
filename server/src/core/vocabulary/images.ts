/**
 * The ports on which well-known images listen unless told otherwise, by the last segment of the image's name.
 * Each from the image's own documentation (the EXPOSE line of its Dockerfile, https://hub.docker.com/).
 */
const imagePorts: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries({
    postgres: [5432],
    postgis: [5432],
    pgvector: [5432],
    pgbouncer: [6432, 5432],
    timescaledb: [5432],
    mysql: [3306],
    mariadb: [3306],
    mongo: [27017],
    redis: [6379],
    valkey: [6379],
    'redis-stack': [6379, 8001],
    memcached: [11211],
    rabbitmq: [5672, 15672],
    nats: [4222, 8222, 6222],
    kafka: [9092],
    'cp-kafka': [9092],
    zookeeper: [2181],
    elasticsearch: [9200, 9300],
    opensearch: [9200, 9600],
    kibana: [5601],
    grafana: [3000],
    prometheus: [9090],
    alertmanager: [9093],
    loki: [3100],
    jaeger: [16686],
    'all-in-one': [16686],
    nginx: [80, 443],
    httpd: [80],
    caddy: [80, 443],
    traefik: [80, 443, 8080],
    minio: [9000, 9001],
    vault: [8200],
    consul: [8500],
    keycloak: [8080],
    adminer: [8080],
    pgadmin4: [80],
    mailhog: [1025, 8025],
    mailpit: [1025, 8025],
    neo4j: [7474, 7687],
    qdrant: [6333, 6334],
    weaviate: [8080],
    chroma: [8000],
    arangodb: [8529],
    clickhouse: [8123, 9000],
    'clickhouse-server': [8123, 9000],
    cassandra: [9042],
    influxdb: [8086],
    meilisearch: [7700],
    typesense: [8108],
    registry: [5000],
    'node-exporter': [9100],
    cadvisor: [8080],
    'postgres-exporter': [9187],
    redis_exporter: [9121],
    n8n: [5678],
    sonarqube: [9000],
    gitea: [3000, 22],
    ollama: [11434],
    temporal: [7233],
    localstack: [4566],
    mosquitto: [1883, 9001],
    'eclipse-mosquitto': [1883, 9001],
  }),
);

/**
 * The ports on which an image listens by default; empty where unknown.
 * @param image as compose writes it: `docker.io/library/postgres:15-alpine@sha256:…`
 */
export function defaultPorts(image: string | undefined): readonly number[] {
  return image === undefined ? [] : (imagePorts.get(imageName(image)) ?? []);
}

/** The last segment of an image's name, without tag and digest. */
export function imageName(image: string): string {
  const name = image.replace(/@.*$/, '');
  return name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/:.*$/, '')
    .toLowerCase();
}
