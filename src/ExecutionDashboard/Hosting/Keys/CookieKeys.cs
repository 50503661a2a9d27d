using ExecutionDashboard.Feed;
using Microsoft.AspNetCore.DataProtection;

namespace ExecutionDashboard.Hosting.Keys;

/// <summary>
/// The keys that cookies and the tokens in pages are encrypted with. They lie in the data folder, so that a restart ends no session and another account of the machine cannot read
/// them: <c>keys</c> (0700) beside the change log, each file 0600.
/// </summary>
internal static class CookieKeys
{
    /// <summary>Name of the folder.</summary>
    public const string FolderName = "keys";

    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Has the keys kept there.</summary>
    /// <exception cref="InvalidOperationException">The folder cannot be made.</exception>
    public static void AddCookieKeys(this WebApplicationBuilder builder)
    {
        var folder = new DirectoryInfo(Path.Combine(FeedHosting.DataFolder(builder.Configuration, builder.Environment.ContentRootPath), FolderName));
        try
        {
            if (OperatingSystem.IsWindows()) folder.Create();
            else
            {
                Directory.CreateDirectory(folder.FullName, OwnerFolder);
                File.SetUnixFileMode(folder.FullName, OwnerFolder);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The keys for cookies cannot be kept beside the change log (Storage:ConnectionString): {problem.Message}", problem);
        }
        builder.Services.AddDataProtection().SetApplicationName("ExecutionDashboard").PersistKeysToFileSystem(folder);
        // It warns at each new key that none encrypts it in turn: the folder's mode keeps it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
