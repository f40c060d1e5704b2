# One image for web, worker and release; the command decides which.
FROM node:24-slim AS build
WORKDIR /sluice
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
WORKDIR /sluice
COPY --from=build /sluice/package.json /sluice/next.config.ts ./
COPY --from=build /sluice/node_modules node_modules
COPY --from=build /sluice/prisma prisma
COPY --from=build /sluice/dist dist
COPY --from=build --chown=node:node /sluice/.next .next
USER node
EXPOSE 3000
CMD ["npm", "run", "web"]
