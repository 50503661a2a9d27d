using System.Net.Sockets;
using System.Text;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Hosting;

/// <summary>As a service of systemd, by the socket on which it listens to its services.</summary>
public sealed class SystemdTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Service_UnderSystemd_SaysThatItIsReadyAndGoesOnSayingThatItWorks()
    {
        using var folder = new TemporaryFolder();
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(folder["notify"]));
        var settings = new Dictionary<string, string> { ["Roles"] = "Simulator", ["Simulator:Database"] = "", ["Simulator:Nodes"] = "5", ["NOTIFY_SOCKET"] = folder["notify"], ["WATCHDOG_USEC"] = "900000" };

        // A program knows that it is a service by the name of the process that started it.
        File.Copy("/bin/sh", folder["systemd"]);
        await using var service = await PartProcess.StartAsync(settings, folder.Path, launcher: [folder["systemd"], "-c", "\"$0\" \"$@\" & wait"]);

        var seen = new List<string>();
        using var limit = new CancellationTokenSource(Limit);
        while (!(seen.Contains("READY=1") && seen.Count(state => state == "WATCHDOG=1") >= 3))
        {
            var buffer = new byte[256];
            seen.Add(Encoding.UTF8.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, limit.Token)));
        }
    }
}
