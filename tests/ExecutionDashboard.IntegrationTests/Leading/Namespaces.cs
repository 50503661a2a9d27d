using System.Diagnostics;
using System.Globalization;

namespace ExecutionDashboard.IntegrationTests.Leading;

/// <summary>Network namespaces of Linux, each a machine of its own for what runs in it, on one bridge. A cable that is pulled out takes packets away without telling anybody.</summary>
internal sealed class Namespaces : IDisposable
{
    private readonly string _id = Random.Shared.Next(1_000, 10_000).ToString(CultureInfo.InvariantCulture);
    private readonly string _net = $"10.213.{Random.Shared.Next(256).ToString(CultureInfo.InvariantCulture)}";
    private readonly List<string> _names = [];

    public Namespaces()
    {
        Ip("link", "add", Bridge, "type", "bridge");
        Ip("addr", "add", $"{Here}/24", "dev", Bridge);
        Ip("link", "set", Bridge, "up");
    }

    /// <summary>Address of this process's own namespace on the bridge.</summary>
    public string Here => _net + ".1";

    private string Bridge => "edb" + _id;

    /// <summary>Why this machine gives no namespaces; null when it does.</summary>
    public static string? WhyNot()
    {
        var probe = "edprobe" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var problem = Try("netns", "add", probe);
        if (problem is null) Ip("netns", "del", probe);
        return problem;
    }

    /// <summary>Adds a machine. Gives its address, and the command with which a program runs on it.</summary>
    public (string Address, string[] Launcher) Add()
    {
        var number = (_names.Count + 2).ToString(CultureInfo.InvariantCulture);
        var (name, address) = ($"ed{_id}n{number}", $"{_net}.{number}");
        Ip("netns", "add", name);
        _names.Add(name);
        Ip("link", "add", Cable(_names.Count - 1), "type", "veth", "peer", "name", "eth0", "netns", name);
        Ip("link", "set", Cable(_names.Count - 1), "master", Bridge, "up");
        Ip("-n", name, "addr", "add", $"{address}/24", "dev", "eth0");
        Ip("-n", name, "link", "set", "eth0", "up");
        Ip("-n", name, "link", "set", "lo", "up");
        return (address, ["ip", "netns", "exec", name]);
    }

    /// <summary>Pulls out the cable of a machine, by the order in which it was added.</summary>
    public void Unplug(int machine) => Ip("link", "set", Cable(machine), "down");

    /// <summary>Puts it in again.</summary>
    public void Plug(int machine) => Ip("link", "set", Cable(machine), "up");

    public void Dispose()
    {
        foreach (var name in _names) Ip("netns", "del", name);
        Ip("link", "del", Bridge);
    }

    private string Cable(int machine) => $"edv{_id}{machine.ToString(CultureInfo.InvariantCulture)}";

    private static void Ip(params string[] arguments)
    {
        if (Try(arguments) is { } problem) throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {problem}");
    }

    private static string? Try(params string[] arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var problem = ip.StandardError.ReadToEnd().Trim();
        ip.WaitForExit();
        return ip.ExitCode == 0 ? null : problem;
    }
}
