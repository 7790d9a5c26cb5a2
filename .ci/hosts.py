"""Serves a built site with nginx and Apache as its own files for them say, and looks whether each earlier address of
`_redirects` leads where that file says, whether pages are sent the headers of `_headers`, and whether nothing else is.

    python3 .ci/hosts.py public /path-of-the-site/
"""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

NGINX = """
pid {work}/pid; error_log {work}/errors; daemon off; worker_processes 1; {user}
events {{}}
http {{
  include /etc/nginx/mime.types; access_log off; absolute_redirect off;
  client_body_temp_path {work}/1; proxy_temp_path {work}/2; fastcgi_temp_path {work}/3;
  uwsgi_temp_path {work}/4; scgi_temp_path {work}/5;
  include {site}/nginx-maps.conf;
  server {{ listen 127.0.0.1:{port}; root {root}; include {site}/nginx-server.conf; }}
}}
"""

APACHE = """
ServerRoot {work}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {work}/pid
ErrorLog {work}/errors
{user}
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so
TypesConfig /etc/mime.types
DocumentRoot {root}
<Directory {root}>
  AllowOverride All
  Require all granted
</Directory>
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def expectations(site, prefix):
    """Paths with the status and the place that `_redirects` gives them."""
    for line in (site / "_redirects").read_text("utf-8").splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        source, target, status = words
        if source.endswith("*"):
            for rest in ("", "a/b%20c%C3%BC/?q=1", "x%0d%0aX-Planted:%20yes", "%2e%2e/y"):
                bare, mark, query = rest.partition("?")
                yield source[:-1] + rest, int(status), target.replace(":splat", bare) + mark + query
        else:
            yield source, int(status), target
    yield prefix, 200, None
    yield f"{prefix}nothing-stands-here", 404, None


def headers(site):
    """The headers that `_headers` sets for all pages."""
    found = {}
    for line in (site / "_headers").read_text("utf-8").splitlines()[1:]:
        if not line.startswith(" "):
            break
        name, value = line.split(":", 1)
        found[name.strip().lower()] = value.strip()
    return found


def check(server, port, site, prefix):
    faults = []
    for path, status, target in expectations(site, prefix):
        # A redirect for a folder counts first to last; what a longer one says is told by its own line.
        response = answer(port, path)
        location = response.getheader("location")
        if response.getheader("x-planted"):
            faults.append(f"{server}: {path} plants a header")
        if target is not None:
            base = f"http://127.0.0.1:{port}"
            wanted, found = urljoin(base, target), urljoin(base, location or "")
            if (response.status, found) != (status, wanted):
                faults.append(f"{server}: {path} gives {response.status} {location}, not {status} {target}")
        elif response.status != status:
            faults.append(f"{server}: {path} gives {response.status}, not {status}")
        for name, value in headers(site).items():
            if response.getheader(name) != value:
                faults.append(f"{server}: {path} is sent {name}: {response.getheader(name)}, not {value}")
    return faults


def run(server, command, template, public, prefix):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        work, port = Path(folder), free_port()
        root = work / "root"
        site = root / prefix.strip("/")
        shutil.copytree(public, site)
        user = ""
        if os.geteuid() == 0:
            user = "user root;" if server == "nginx" else "User www-data\nGroup www-data"
        text = template.format(work=work, port=port, root=root, site=site, user=user)
        (work / "configuration").write_text(text)
        process = subprocess.Popen([*command, str(work / "configuration")])
        try:
            for _ in range(100):
                try:
                    answer(port, prefix)
                    break
                except OSError:
                    time.sleep(0.1)
            return check(server, port, site, prefix)
        finally:
            process.terminate()
            process.wait(10)


def main():
    public, prefix = Path(sys.argv[1]), sys.argv[2]
    faults = run("nginx", ["nginx", "-c"], NGINX, public, prefix)
    faults += run("apache", ["apache2", "-D", "FOREGROUND", "-f"], APACHE, public, prefix)
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} faults on hosts")
    print(f"{sum(1 for _ in expectations(public, prefix))} addresses on nginx and Apache as they should be")


main()
