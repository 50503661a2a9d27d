namespace ExecutionDashboard.Storage;

/// <summary>
/// Files that only the account of this process may read. Compiled into each project that keeps a database, since they share no assembly. Windows has no
/// such modes: there a file has the rights of its folder.
/// </summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>
    /// Makes what is missing of folder (0700) and file (0600, empty), and takes the rights of others from a database that is there, with its log. A
    /// folder that is there is somebody's choice and stays as it is.
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
        // SQLite gives its log and index the mode of the database; those that are there have the mode of before.
        foreach (var path in (string[])[file, file + "-wal", file + "-shm"])
            if (File.Exists(path) && IsOpenToOthers(path)) Close(path);
    }

    /// <summary>Whether others than the owner have any right to a file or folder.</summary>
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
            // A volume that has modes of its own, or a file of another account that may be written: the program can work with both.
        }
    }
}
