using ExecutionDashboard.Feed;
using ExecutionDashboard.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting.Keys;

/// <summary>
/// The keys that encrypt cookies and the tokens in pages. They are stored in the data folder, in <c>keys</c> (0700, files 0600) beside the change log, so that
/// sessions survive a restart and other accounts cannot read them. With PostgreSQL they are stored there, so that all dashboards have the same ones.
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
        var keys = builder.Services.AddDataProtection().SetApplicationName("ExecutionDashboard");
        // The framework warns that new keys are not encrypted; the folder's mode protects them, or the database's rights.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        var storage = StorageSettings.Read(name => builder.Configuration[name]);
        if (storage.IsPostgreSql && storage.Problem() is null)
        {
            // Opened now, so that a database that cannot be used stops the start with its own words; closed with the program.
            var database = storage.Open(builder.Environment.ContentRootPath, TimeSpan.Zero, TimeProvider.System);
            builder.Services.AddSingleton(_ => new StoredKeys(database));
            builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<StoredKeys>()));
            return;
        }
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
        keys.PersistKeysToFileSystem(folder);
    }
}
