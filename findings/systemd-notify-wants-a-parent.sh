#!/usr/bin/env bash
# Software: Microsoft.Extensions.Hosting.Systemd 10.0.15 (NuGet) on .NET 10.
# Expected: whoever sets NOTIFY_SOCKET, which is the whole protocol, is told READY=1 when the host has started.
# Happens:  the package looks at the name of its parent process instead: with a socket, and even with SYSTEMD_EXEC_PID, nothing is sent unless the parent is called "systemd" (or the process is number 1).
# Matters:  started by a script (NotifyAccess=all), by a supervisor that speaks the protocol, or by a test, a Type=notify service never becomes ready and is killed at its start limit.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > service.cs <<'E'
#:package Microsoft.Extensions.Hosting@10.0.15
#:package Microsoft.Extensions.Hosting.Systemd@10.0.15
#:property PublishAot=false
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
Environment.SetEnvironmentVariable("SYSTEMD_EXEC_PID", Environment.ProcessId.ToString());
var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Services.AddSystemd();
using var host = builder.Build();
await host.StartAsync();
await host.StopAsync();
E
cat > listen.py <<'E'
import os, socket, subprocess, sys
path = os.path.join(os.getcwd(), 'notify')
for parent in ('sh', 'systemd'):
    if os.path.exists(path): os.remove(path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(path)
        # The second command keeps the shell from becoming the program itself.
        subprocess.run([os.path.join(os.getcwd(), parent), '-c', f'dotnet {sys.argv[1]}; true'], env={**os.environ, 'NOTIFY_SOCKET': path}, check=True)
        listener.settimeout(1)
        heard = []
        try:
            while True: heard.append(listener.recv(4096).decode().strip().split('\n')[0])
        except TimeoutError: pass
        print(f'parent {parent}:', ', '.join(heard) or 'nothing')
E
cp "$(readlink -f /bin/sh)" sh; cp "$(readlink -f /bin/sh)" systemd
dotnet build service.cs --nologo -v quiet -o out >/dev/null
cat > expected <<'E'
parent sh: nothing
parent systemd: READY=1, STOPPING=1
E
python3 listen.py "$dir/out/service.dll" > seen
cat seen
diff expected seen || { echo "CHANGED: the package tells its manager otherwise than noted"; exit 1; }
