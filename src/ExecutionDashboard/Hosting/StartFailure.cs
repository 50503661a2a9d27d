using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Hosting;

/// <summary>Ends a start that cannot succeed with what an operator has to mend, not with a stack trace.</summary>
public static class StartFailure
{
    /// <summary>Whether the message says it all: a setting that makes no sense, a file that cannot be used, an address in use.</summary>
    public static bool Explains(Exception exception) => exception is OptionsValidationException or InvalidOperationException or IOException;

    /// <summary>Writes the message to standard error; gives the exit code, 1.</summary>
    public static int Report(Exception exception)
    {
        var message = exception is OptionsValidationException options ? string.Join(Environment.NewLine, options.Failures) : exception.Message;
        Console.Error.WriteLine($"The dashboard cannot start: {message}");
        return 1;
    }
}
