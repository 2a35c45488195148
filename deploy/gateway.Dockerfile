# The gateway: nginx with the built web UI. docker build -f deploy/gateway.Dockerfile .
FROM node:20-bookworm-slim AS ui
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

FROM nginx:1.28-bookworm
COPY nginx/gateway.conf.template /etc/nginx/templates/default.conf.template
COPY --from=ui /src/frontend/dist /usr/share/nginx/html
RUN echo "map_hash_bucket_size 128;" > /etc/nginx/conf.d/00-sizes.conf \
    && sed -i -e '/^user /d' -e 's#^pid .*#pid /tmp/nginx.pid;#' /etc/nginx/nginx.conf \
    && chown -R nginx:nginx /etc/nginx/conf.d /var/cache/nginx
ENV GATEWAY_LISTEN=8080 UI_ROOT=/usr/share/nginx/html API_RATE=100r/s SIGN_IN_RATE=5r/s
USER nginx
EXPOSE 8080
