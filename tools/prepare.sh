# Sourced by `run` and `test`: makes sure that a C compiler and the Rust toolchain are there.

say() { printf '%s\n' "$*" >&2; }

# Runs the system's package manager, through sudo where the user is not root.
install_package() {
    sudo=''
    [ "$(id -u)" = 0 ] || sudo=sudo
    if command -v apt-get >/dev/null 2>&1; then
        say "installing $1 with apt-get"
        $sudo apt-get update -qq && $sudo apt-get install -y -qq "$1" >&2
    elif command -v dnf >/dev/null 2>&1; then
        say "installing $1 with dnf"
        $sudo dnf install -y -q "$1" >&2
    elif command -v brew >/dev/null 2>&1; then
        say "installing $1 with brew"
        brew install --quiet "$1" >&2
    else
        say "please install $1, then run this again"
        exit 1
    fi
}

prepare() {
    [ -d "${CARGO_HOME:-$HOME/.cargo}/bin" ] && PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH" && export PATH
    command -v cc >/dev/null 2>&1 || install_package gcc
    if ! command -v cargo >/dev/null 2>&1; then
        command -v curl >/dev/null 2>&1 || install_package curl
        say "installing Rust with rustup, for this user only"
        curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal -c clippy -c rustfmt >&2
        PATH="$HOME/.cargo/bin:$PATH"
        export PATH
    fi
    # The minor version decides: 1.95 or later.
    version=$(rustc --version | cut -d ' ' -f 2)
    minor=${version#1.}
    minor=${minor%%.*}
    if [ "${version%%.*}" = 1 ] && [ "$minor" -lt 95 ]; then
        say "Rust 1.95 or later is needed, this is $version: run 'rustup update stable', then run this again"
        exit 1
    fi
}

# Programs that open what Upstairs writes: the tests that need them skip with a word where they are missing.
prepare_readers() {
    command -v apt-get >/dev/null 2>&1 || return 0
    command -v qpdf >/dev/null 2>&1 || install_package qpdf
    command -v pdftotext >/dev/null 2>&1 || install_package poppler-utils
}

prepare_nextest() {
    command -v cargo-nextest >/dev/null 2>&1 && return
    say "installing cargo-nextest"
    cargo install --locked --quiet cargo-nextest
}

# What the tests in a real browser need: Chromium, Node and two modules under target/browser. Without them those tests are
# skipped and say so.
prepare_browser() {
    here=$(pwd)
    command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || install_package chromium
    command -v node >/dev/null 2>&1 || install_package nodejs
    command -v npm >/dev/null 2>&1 || install_package npm
    modules="${CARGO_TARGET_DIR:-$here/target}/browser"
    mkdir -p "$modules"
    cmp -s crates/web/browser/package.json "$modules/package.json" && [ -d "$modules/node_modules" ] && return
    cp crates/web/browser/package.json "$modules/package.json"
    say "installing the modules of the browser tests"
    (cd "$modules" && npm install --silent --no-audit --no-fund >&2)
}

# Firefox, for the test of the extension: that test says so and passes where it cannot be had.
prepare_firefox() {
    command -v firefox >/dev/null 2>&1 || command -v firefox-esr >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1 ||
        (install_package firefox-esr) || say "Firefox could not be installed: the extension is tested in Chromium alone"
}

# Schemathesis, which holds the API against its description, in a folder of its own. Without Python that test is skipped and
# says so.
prepare_schemathesis() {
    folder="${CARGO_TARGET_DIR:-$(pwd)/target}/schemathesis"
    [ -x "$folder/bin/schemathesis" ] && return
    if ! command -v python3 >/dev/null 2>&1 || ! python3 -m venv "$folder" >/dev/null 2>&1; then
        say "no Python with venv was found: the API is not held against its description"
        return 0
    fi
    say "installing Schemathesis for the test of the API"
    "$folder/bin/pip" install --quiet schemathesis==4.32.5 >&2 || say "Schemathesis could not be installed: that test will not run"
}

# A mail server for the test of mailboxes; where it cannot be had, that test says so and passes.
prepare_dovecot() {
    [ -x /usr/sbin/dovecot ] || ! command -v apt-get >/dev/null 2>&1 || install_package dovecot-imapd || say "dovecot could not be installed: the test of mailboxes will not run"
}

# A PostgreSQL server, which the tests of the store start for themselves. They run without one, too, and less is shown.
prepare_postgres() {
    command -v initdb >/dev/null 2>&1 && command -v postgres >/dev/null 2>&1 && return
    for bin in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin; do
        [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ] && return
    done
    if command -v apt-get >/dev/null 2>&1 && (install_package postgresql); then
        return
    fi
    say "no PostgreSQL server was found: the stories of the store are told on SQLite alone"
}

# Apache Spark for the test of the job on a cluster: a module of Python, under target/spark. It needs Java, which is not
# installed here; without either the test says so and is passed over.
prepare_spark() {
    spark="${CARGO_TARGET_DIR:-$(pwd)/target}/spark"
    [ -d "$spark/pyspark" ] && [ -d "$spark/pyarrow" ] && [ -d "$spark/pandas" ] && return
    if ! command -v java >/dev/null 2>&1 && [ -z "${JAVA_HOME:-}" ]; then
        say "java is not here: the test on a Spark cluster will not run"
        return
    fi
    command -v python3 >/dev/null 2>&1 || { say "python3 is not here: the test on a Spark cluster will not run"; return; }
    say "installing Spark for Python under target/spark"
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$spark" \
        'pyspark==4.3.0' 'pyarrow>=18' 'pandas>=2.2,<3' >&2 ||
        say "Spark could not be installed: the test on a Spark cluster will not run"
}
