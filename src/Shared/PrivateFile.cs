namespace ExecutionDashboard.Storage;

/// <summary>
/// Creates files that only the account of this process can read. Compiled into each project with a database, because they share no assembly. Windows has no such
/// modes: a file has the permissions of its folder.
/// </summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>
    /// Creates the folder (0700) and file (0600, empty) if missing, and removes the permissions of others from an existing database and its log. An existing folder
    /// is not changed, because an operator made it.
    /// </summary>
    public static void Prepare(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        Directory.CreateDirectory(folder, OwnerFolder);
        if (!File.Exists(file)) new FileStream(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = OwnerFile }).Dispose();
        // SQLite creates its log and index with the mode of the database; existing ones keep their old mode.
        foreach (var path in (string[])[file, file + "-wal", file + "-shm"])
            if (File.Exists(path) && IsOpenToOthers(path)) Close(path);
    }

    /// <summary>Whether accounts other than the owner have permissions for a file or folder.</summary>
    public static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerFolder) != 0;

    private static void Close(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            File.SetUnixFileMode(path, OwnerFile);
        }
        catch (UnauthorizedAccessException)
        {
            // A volume with its own modes, or a writable file of another account: the program works with both.
        }
    }
}
