using System.Text;
using Parley.Conversations;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway;

/// <summary>A request in its slot of the answer queue. Its spans live as long as the frame is being handled.</summary>
internal ref struct Request(Connection connection, Verb verb, long slot, RequestEnvelope envelope)
{
    public readonly RequestEnvelope Envelope = envelope;

    public readonly Connection Connection => connection;
    public readonly Verb Verb => verb;
    public readonly long Slot => slot;
    public readonly Principal Principal => connection.Principal!;
    public readonly Dialect Dialect => connection.Dialect;

    /// <summary>The raw JSON of the request's metadata, kept as it came, or null.</summary>
    public readonly string? Metadata => Envelope.Metadata.IsEmpty ? null : Encoding.UTF8.GetString(Envelope.Metadata);

    /// <summary>What answers this request after the frame is gone.</summary>
    public readonly PendingAnswer Defer() => new(connection, slot, Envelope.Id.ToArray());

    public readonly void Answer(PayloadWriter payload) => connection.Answer(slot, payload);

    public readonly void AnswerText(WireCode code, string text) => Answer(Answers.Text(Scratch.Answer, Envelope.Id, code, text));

    public readonly void AnswerError(WireCode code, string details) => Answer(Answers.Error(Scratch.Answer, Envelope.Id, code, details));
}
