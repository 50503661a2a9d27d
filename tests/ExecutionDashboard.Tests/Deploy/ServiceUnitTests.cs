namespace ExecutionDashboard.Tests.Deploy;

/// <summary>The units of systemd: all are locked down in the same way, and what is set exists.</summary>
public sealed class ServiceUnitTests
{
    // What the units may differ in.
    private static readonly string[] Own = ["Description", "Environment", "StateDirectory", "BindPaths", "MemoryMax"];

    private static readonly IReadOnlyList<string> Names = [.. Directory.EnumerateFiles(DeployFile.PathOf("systemd"), "*.service").Select(file => Path.GetFileName(file))];

    public static TheoryData<string> Files { get; } = new(Names);

    [Theory]
    [MemberData(nameof(Files))]
    public void Unit_IsLockedDownBoundedAndStartedAgain(string file)
    {
        var unit = Read(file);
        foreach (var (name, value) in ((string, string)[])
        [
            ("Type", "notify"), ("User", "execution-dashboard"), ("Restart", "on-failure"), ("NoNewPrivileges", "yes"), ("ProtectSystem", "strict"), ("ProtectHome", "yes"), ("PrivateTmp", "yes"), ("PrivateDevices", "yes"),
            ("CapabilityBoundingSet", ""), ("AmbientCapabilities", ""), ("RestrictNamespaces", "yes"), ("SystemCallArchitectures", "native"), ("StateDirectoryMode", "0700"), ("UMask", "0077"),
        ]) Assert.Equal((name, value), (name, Assert.Single(unit[name])));
        Assert.Matches("^[0-9]+[MG]$", Assert.Single(unit["MemoryMax"]));
        Assert.NotEmpty(unit["WatchdogSec"]);
        // The one folder that it writes is where the program keeps its files.
        Assert.Equal($"/var/lib/{Assert.Single(unit["StateDirectory"])}:{Path.GetDirectoryName(Program(unit))}/data", Assert.Single(unit["BindPaths"]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Unit_Settings_ExistTogetherWithThoseOfTheExample(string file)
    {
        var unit = Read(file);
        var settings = ComposeFile.VariablesOf("systemd/settings.env.example").Where(setting => setting.Value.Length > 0).ToDictionary();
        foreach (var pair in unit["Environment"].Select(text => text.Split('=', 2))) settings[pair[0]] = pair[1].Replace("%i", "8090", StringComparison.Ordinal);
        // What is commented out is filled in by whoever needs it.
        foreach (var pair in DeployFile.Text("systemd/settings.env.example").Split('\n').Where(line => line.StartsWith('#') && line.Length > 1 && line[1] != ' ').Select(line => line[1..].Split('=', 2)))
            settings[pair[0]] = pair[1].Length > 0 ? pair[1] : ComposeFile.MadeUp;

        DeployedSettings.AreGood(settings);
        Assert.EndsWith("ExecutionDashboard.dll", Program(unit), StringComparison.Ordinal);
        Assert.Equal("/etc/execution-dashboard/settings.env", Assert.Single(unit["EnvironmentFile"]));
    }

    [Fact]
    public void Units_WhatTheyShare_IsTheSame()
    {
        var units = Names.Select(Read).Select(unit => string.Join('\n', unit.Where(setting => !Own.Contains(setting.Key)).SelectMany(setting => setting.Select(value => $"{setting.Key}={value}")))).ToList();

        Assert.True(units.Count > 1);
        Assert.Single(units.Distinct());
    }

    private static string Program(ILookup<string, string> unit) => Assert.Single(unit["ExecStart"]).Split(' ')[^1];

    private static ILookup<string, string> Read(string file) => DeployFile.Text($"systemd/{file}").Split('\n').Where(line => line.Length > 0 && line[0] is not ('#' or '[')).Select(line => line.Split('=', 2)).ToLookup(pair => pair[0], pair => pair[1]);
}
