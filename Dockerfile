# The program and nothing else: no shell, no C library, nobody's account. docs/install.md says how to build and run it.
FROM rust:1.95.0-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN ci/build "$(uname -m)-unknown-linux-musl" /binaries && mv /binaries/*/clearshare /clearshare

FROM scratch
COPY --from=build /clearshare /clearshare
USER 65532:65532
WORKDIR /repository
ENTRYPOINT ["/clearshare"]
CMD ["check"]
