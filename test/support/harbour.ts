/** A small workspace in which one service is on another port than its registry says. */

export const registry = `# Ports

| Service     | Host port |
| ----------- | --------- |
| billing-api | 9006      |
| reports-web | 9010      |
`;

export const compose = `services:
  billing-api:
    image: example/billing-api
    ports:
      - "9007:8000"
  reports-web:
    image: example/reports-web
    ports:
      - "9010:3000"
`;

/** The squiggle under 9007. */
export const wrongPort = '5:10-14 port-mismatch';
