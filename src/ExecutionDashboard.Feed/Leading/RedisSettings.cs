using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ExecutionDashboard.Feed.Leading;

/// <summary>Where Redis is.</summary>
/// <param name="Options">How to connect; null without Redis.</param>
internal sealed record RedisSettings(ConfigurationOptions? Options)
{
    private const string Key = "Redis:ConnectionString";

    /// <summary>The settings.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Key];

    /// <summary>Reads them.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="isShared">Whether several feeds may share the change log.</param>
    /// <exception cref="OptionsValidationException">They are invalid. The message has no part of the connection string, which may have a password.</exception>
    public static RedisSettings Read(IConfiguration configuration, bool isShared)
    {
        if (configuration[Key]?.Trim() is not { Length: > 0 } text) return new((ConfigurationOptions?)null);
        if (!isShared) throw Invalid($"{Key} is set: Redis carries hints between feeds that share a PostgreSQL database (Storage:Provider=PostgreSql). Remove it.");
        try
        {
            var options = ConfigurationOptions.Parse(text);
            if (options.EndPoints.Count == 0) throw Invalid($"{Key} names no server: it must be such as 'redis.example.com:6379,password=…,ssl=true'.");
            // A hint that is late is worth nothing, so none is kept for later.
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.AbortOnConnectFail = true;
            options.AsyncTimeout = (int)RedisHints.Patience.TotalMilliseconds;
            options.ClientName ??= "execution-dashboard-feed";
            return new(options);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw Invalid($"{Key} cannot be read: it must be such as 'redis.example.com:6379,password=…,ssl=true', with keywords of StackExchange.Redis.");
        }
    }

    private static OptionsValidationException Invalid(string problem) => new(Key, typeof(RedisSettings), [problem]);
}
