using System.Diagnostics;
using ExecutionDashboard.IntegrationTests.EndToEnd;

namespace ExecutionDashboard.IntegrationTests.Publishing;

/// <summary>
/// A copy of the published program that runs as in a container with a read-only root: as an account without rights, which owns a folder for temporary files and, where a volume is mounted, the
/// data folder, and nothing else.
/// </summary>
internal sealed class ReadOnlyProgram : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _account;
    private PartProcess? _process;

    /// <summary>Copies the program.</summary>
    /// <param name="published">Folder of the published program.</param>
    /// <param name="account">Number of an account that nobody has.</param>
    /// <param name="hasData">Whether a volume is mounted at its data folder.</param>
    public ReadOnlyProgram(string published, int account, bool hasData)
    {
        _account = $"{account}";
        Run("cp", "-R", published, Program);
        Run("chmod", "-R", "a+rX,go-w", Program);
        Run("chmod", "0755", _folder.Path);
        foreach (var folder in hasData ? (string[])[Data, Temporary] : [Temporary])
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            if (Environment.IsPrivilegedProcess) Run("chown", $"{_account}:{_account}", folder);
        }
        // An administrator's tests have the account; others have only the modes.
        if (!Environment.IsPrivilegedProcess) Run("find", Program, "-path", Data, "-prune", "-o", "-exec", "chmod", "a-w", "{}", "+");
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _process!.Address;

    /// <summary>Whether it was started.</summary>
    public bool IsRunning => _process is not null;

    /// <summary>The folder that a volume is mounted at.</summary>
    public string Data => Path.Combine(Program, "data");

    private string Program => _folder["app"];

    private string Temporary => _folder["tmp"];

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync(IReadOnlyDictionary<string, string> settings) =>
        _process = await PartProcess.StartAsync(new Dictionary<string, string>(settings) { ["TMPDIR"] = Temporary }, "/", program: Path.Combine(Program, "ExecutionDashboard.dll"),
            launcher: Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={_account}", $"--regid={_account}", "--clear-groups", "--no-new-privs", "--bounding-set=-all"] : []);

    /// <summary>What it left in folders that everybody may write.</summary>
    public string LeftElsewhere() => Environment.IsPrivilegedProcess ? Run("find", "/tmp", "/var/tmp", "/dev/shm", "-ignore_readdir_race", "-maxdepth", "1", "-uid", _account) : "";

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        if (!Environment.IsPrivilegedProcess) Run("chmod", "-R", "u+w", _folder.Path);
        _folder.Dispose();
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
    }
}
