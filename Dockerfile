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
CMD ["env","MALLOC_ARENA_MAX=1","MALLOC_MMAP_THRESHOLD_=131072","node","--max-old-space-size=144","--max-semi-space-size=4","--liftoff-only","dist/web.mjs"]
