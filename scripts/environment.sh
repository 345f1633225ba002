# Sourced by ./run, ./test and .ci/run: keeps .venv equal to a lock file, with no more than python3 and pip.
# uv is fetched with pip because it builds the environment in seconds; where it cannot be had, pip does the same
# work in about half a minute. Mirrors set for pip (PIP_INDEX_URL) are handed on to uv.
ensure_environment() {
    lock=$1
    stamp="$root/.venv/.installed-$lock"
    cmp -s "$root/$lock" "$stamp" && return 0
    echo "gongkai: 正在准备运行环境（仅首次需要）…" >&2
    uv="$root/.uv/bin/uv"
    [ -x "$uv" ] || python3 -m pip install --quiet --disable-pip-version-check --target "$root/.uv" uv==0.13.8 >&2 2>/dev/null || true
    [ -z "${PIP_INDEX_URL:-}" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$PIP_INDEX_URL}"
    if "$uv" --version >/dev/null 2>&1; then
        [ -x "$root/.venv/bin/python" ] || "$uv" venv --quiet --python "$(command -v python3)" "$root/.venv"
        "$uv" pip install --quiet --python "$root/.venv/bin/python" --require-hashes -r "$root/$lock"
    else
        [ -x "$root/.venv/bin/python" ] || python3 -m venv --without-pip "$root/.venv"
        python3 -m pip --python "$root/.venv/bin/python" install --quiet --require-hashes -r "$root/$lock"
    fi || { echo "gongkai: 运行环境没有装好：请检查网络或软件源（PIP_INDEX_URL）后重试；已装部分保留。" >&2; return 1; }
    cp "$root/$lock" "$stamp"
}
