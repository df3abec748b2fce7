using Microsoft.Data.Sqlite;
using Parley.Journal;
using Parley.Protocol;
using Parley.Protocol.Codes;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Work of a request that reads or writes disks: off the socket's loop, and off every lock.</summary>
internal static class FileRequest
{
    /// <summary>Does the work and gives the answer.</summary>
    /// <param name="services">Of the handler.</param>
    /// <param name="verb">What was asked.</param>
    /// <param name="answer">Owed.</param>
    /// <param name="work">What is to be done; it returns what gives the answer, or null when somebody else gives it.</param>
    public static Task RunAsync(GatewayServices services, Verb verb, PendingAnswer answer, Func<Task<Action?>> work) => Task.Run(async () =>
    {
        Action? give;
        try
        {
            give = await work();
        }
        catch (Exception e) when (e is SqliteException or JournalUnavailableException)
        {
            give = answer.GiveUnavailable;
        }
        catch (Exception e) // a fault of ours must cost one request, not the socket
        {
            LogMessages.RequestFailed(services.Files.Log, e, verb, answer.Connection.Id);
            give = () => answer.GiveError(WireCode.InternalError, "Internal server error");
        }

        give?.Invoke();
        FlushBatch.Flush();
    });
}
