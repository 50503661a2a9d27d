using ExecutionDashboard.Feed;
using Microsoft.AspNetCore.DataProtection;

namespace ExecutionDashboard.Hosting.Keys;

/// <summary>
/// The keys that encrypt cookies and the tokens in pages. They are stored in the data folder, in <c>keys</c> (0700, files 0600) beside the change log, so that
/// sessions survive a restart and other accounts cannot read them.
/// </summary>
internal static class CookieKeys
{
    /// <summary>Name of the folder.</summary>
    public const string FolderName = "keys";

    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Stores the keys there.</summary>
    /// <exception cref="InvalidOperationException">The folder cannot be created.</exception>
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
            throw new InvalidOperationException($"The keys for cookies cannot be stored beside the change log (Storage:ConnectionString): {problem.Message}", problem);
        }
        builder.Services.AddDataProtection().SetApplicationName("ExecutionDashboard").PersistKeysToFileSystem(folder);
        // The framework warns that new keys are not encrypted; the folder's mode protects them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
