using System.Globalization;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Storage.Log;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ExecutionDashboard.Feed.Leading;

/// <summary>
/// Carries hints between feeds over a channel of Redis: the one that leads says up to which number it has committed, those that stand by read the database then instead of at their next look. Without Redis
/// nothing is missing, and feeds that stand by follow a quarter of a second later.
/// </summary>
internal sealed partial class RedisHints(RedisSettings settings, CommitHints hints, ChangeSignal signal, Leadership leadership, FeedLog feedLog, StatusBoard board, TimeProvider time, ILogger<RedisHints> logger) : BackgroundService
{
    /// <summary>How long an answer of Redis may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const char Separator = ' ';
    private static readonly RedisChannel Channel = RedisChannel.Literal("execution-dashboard:committed");
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1), CheckEvery = TimeSpan.FromSeconds(2);

    private volatile bool _isConnected;
    private bool _isSaid;

    /// <summary>Whether Redis is to be used.</summary>
    public bool IsSet => settings.Options is not null;

    /// <summary>Whether it can be reached, as far as is known.</summary>
    public bool IsConnected => _isConnected;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Options is not { } options) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // A connection of its own each time: one that began while Redis was gone need not ever hear anything.
                await using var redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(stoppingToken);
                var subscriber = redis.GetSubscriber();
                await subscriber.SubscribeAsync(Channel, (_, message) => Hear(message));
                Works();
                await TellAsync(redis, subscriber, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Fails(e);
            }
            await Task.Delay(RetryAfter, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Until Redis cannot be reached, or the program ends.
    private async Task TellAsync(ConnectionMultiplexer redis, ISubscriber subscriber, CancellationToken stop)
    {
        var (told, checkedAt) = (0L, time.GetTimestamp());
        while (!stop.IsCancellationRequested)
        {
            var next = signal.Next;
            if (hints.TakeReleased()) await subscriber.PublishAsync(Channel, Message(long.MaxValue));
            if (leadership.IsSure && feedLog.IsReady && feedLog.Log.LastSequence is var last && last != told)
            {
                await subscriber.PublishAsync(Channel, Message(last));
                told = last;
            }
            // A connection that carries nothing any more looks like a quiet one.
            if (time.GetElapsedTime(checkedAt) >= CheckEvery)
            {
                await redis.GetDatabase().PingAsync();
                if (!subscriber.IsConnected(Channel)) throw new InvalidOperationException("The subscription is lost.");
                checkedAt = time.GetTimestamp();
            }
            await next.WaitAsync(CheckEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        // The lead may have been given up meanwhile.
        if (hints.TakeReleased()) await subscriber.PublishAsync(Channel, Message(long.MaxValue));
    }

    private string Message(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{board.Status.LogId}{Separator}{sequence}");

    // Other fleets may use the same Redis.
    private void Hear(RedisValue message)
    {
        if (message.ToString().Split(Separator) is [var log, var number] && log.Length > 0 && log == board.Status.LogId && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) hints.Hear(sequence);
    }

    private void Works()
    {
        _isConnected = true;
        if (_isSaid) LogBack(logger);
        _isSaid = false;
    }

    private void Fails(Exception problem)
    {
        _isConnected = false;
        // Its message has the address and a page of statistics; the kind is what a person can use.
        if (!_isSaid) LogGone(logger, problem is RedisConnectionException failure ? failure.FailureType.ToString() : problem.GetType().Name);
        _isSaid = true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis (Redis:ConnectionString) cannot be reached ({Reason}): feeds that stand by follow the change log in the database, a quarter of a second later. Nothing is lost; trying again")]
    private static partial void LogGone(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis can be reached again")]
    private static partial void LogBack(ILogger logger);
}
