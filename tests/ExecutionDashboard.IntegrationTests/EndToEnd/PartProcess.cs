using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>The program in a separate process, with given roles, on a free port.</summary>
public sealed partial class PartProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<PartProcess, bool> Alive = new();
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A test that fails during setup does not dispose what it started.
    static PartProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var part in Alive.Keys) part._process.Kill(entireProcessTree: true);
    };

    private PartProcess(IReadOnlyDictionary<string, string> settings, string folder, int port, string? program = null)
    {
        var start = new ProcessStartInfo("dotnet", [program ?? ProgramPath()])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => NoteError(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The program ended with {_process.ExitCode}:\n{Output}"));
    }

    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } = FindRepository(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The process it runs in.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Its address.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Everything it printed.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>
    /// Starts the program and waits until it listens. Settings have colons in their names; port 0 selects a free one. By default the program that was built with the
    /// tests.
    /// </summary>
    public static async Task<PartProcess> StartAsync(IReadOnlyDictionary<string, string> settings, string folder, int port = 0, string? program = null)
    {
        Directory.CreateDirectory(folder);
        var part = new PartProcess(settings, folder, port, program);
        part.Start();
        try
        {
            part.Address = await part._listening.Task.WaitAsync(StartLimit);
        }
        catch (TimeoutException)
        {
            await part.DisposeAsync();
            throw new TimeoutException($"The program did not listen within {StartLimit}:\n{part.Output}");
        }
        return part;
    }

    /// <summary>Starts the program with settings that should make it fail, and returns its output, and its errors separately.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunToEndAsync(IReadOnlyDictionary<string, string> settings, string folder)
    {
        Directory.CreateDirectory(folder);
        await using var part = new PartProcess(settings, folder, port: 0);
        part.Start();
        using var limit = new CancellationTokenSource(StartLimit);
        await part._process.WaitForExitAsync(limit.Token);
        lock (part._output) return (part._process.ExitCode, part.Output, part._errors.ToString());
    }

    /// <summary>Kills it.</summary>
    public async Task KillAsync()
    {
        if (_process.HasExited) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task StopAsync()
    {
        Signal("TERM");
        await _process.WaitForExitAsync();
    }

    /// <summary>Lets it do nothing more, as a machine does that hangs.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void Thaw() => Signal("CONT");

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await KillAsync();
        }
        catch (InvalidOperationException)
        {
            // It was never started.
        }
        Alive.TryRemove(this, out _);
        _process.Dispose();
    }

    private void Start()
    {
        Alive[this] = true;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Note(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
        if (Listening().Match(line) is { Success: true } match) _listening.TrySetResult(new Uri(match.Groups[1].Value + "/"));
    }

    private void NoteError(string? line)
    {
        Note(line);
        if (line is null) return;
        lock (_output) _errors.AppendLine(line);
    }

    // The program's own output folder: its assets are described there, and appsettings.json lies beside it.
    internal static string ProgramPath()
    {
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var configuration = Path.GetFileName(Path.GetDirectoryName(here)!);
        return Path.Combine(Repository, "src", "ExecutionDashboard", "bin", configuration, Path.GetFileName(here), "ExecutionDashboard.dll");
    }

    private static string FindRepository(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "ExecutionDashboard.sln")) ? folder.FullName : FindRepository(folder.Parent!);

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
