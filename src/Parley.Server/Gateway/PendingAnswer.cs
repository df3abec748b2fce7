using System.Data.Common;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Journal;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;

namespace Parley.Server.Gateway;

/// <summary>An answer that is still owed: where it goes and to which request.</summary>
internal readonly struct PendingAnswer(Connection connection, long slot, byte[] requestId)
{
    public Connection Connection => connection;
    public long Slot => slot;
    public Dialect Dialect => connection.Dialect;
    public ReadOnlySpan<byte> RequestId => requestId;

    public void Give(PayloadWriter payload) => connection.Answer(slot, payload);

    public void GiveText(WireCode code, string text) => Give(Answers.Text(Scratch.Answer, requestId, code, text));

    public void GiveError(WireCode code, string details) => Give(Answers.Error(Scratch.Answer, requestId, code, details));

    public void Refuse(Refusal refusal) => GiveError(CodeOf(refusal.Kind), refusal.Details);

    /// <summary>The store has trouble: nothing of the request was stored.</summary>
    public void GiveUnavailable() => GiveError(WireCode.Unavailable, "Not stored; retry with the same eventId");

    /// <summary>Nobody knows whether it is stored: no answer would be true.</summary>
    public void CloseUnanswered()
    {
        connection.Answer(slot, default(ReadOnlySpan<byte>));
        connection.Close(CloseCode.TryAgainLater, CloseReasons.OutcomeUnknown);
    }

    /// <summary>
    /// Answers when reading or writing has ended, on whichever thread that is: storage trouble is told as such, and whatever
    /// else goes wrong is one answer too, since an answer that never comes holds up all later ones of its socket.
    /// </summary>
    public async Task GiveLaterAsync(ILogger log, Verb verb, Func<PendingAnswer, Task> give)
    {
        var answer = this;
        try
        {
            await give(answer);
        }
        catch (Exception e) when (e is DbException or JournalUnavailableException or ObjectDisposedException)
        {
            answer.GiveUnavailable();
        }
        catch (Exception e)
        {
            LogMessages.RequestFailed(log, e, verb, answer.Connection.Id);
            answer.GiveError(WireCode.InternalError, "Internal server error");
        }
    }

    private static WireCode CodeOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Forbidden => WireCode.Forbidden,
        RefusalKind.NotFound => WireCode.NotFound,
        RefusalKind.Conflict => WireCode.Conflict,
        _ => WireCode.BadRequest,
    };
}
