using Microsoft.Extensions.Logging;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Server.Gateway.Handlers;

namespace Parley.Server.Gateway;

/// <summary>Takes a text message apart, checks what every request must meet, and finds its handler.</summary>
internal sealed class Dispatcher
{
    private readonly IRequestHandler[] _handlers = new IRequestHandler[Enum.GetValues<Verb>().Length];
    private readonly int _mostSubscriptions;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _log;

    public Dispatcher(GatewayServices services, GatewayMetrics metrics, ILogger<Dispatcher> log)
    {
        (_mostSubscriptions, _metrics, _log) = (services.Limits.Subscriptions, metrics, log);
        _handlers[(int)Verb.InitConnection] = new InitConnection(services);
        _handlers[(int)Verb.GetClock] = new GetClock(services);
        _handlers[(int)Verb.KeepAlive] = new KeepAlive();
        _handlers[(int)Verb.ConsumerRequestConversation] = new ConsumerRequestConversation(services);
        _handlers[(int)Verb.UpdateConversationField] = new UpdateConversationField(services);
        _handlers[(int)Verb.SubscribeExConversations] = new SubscribeExConversations(services);
        _handlers[(int)Verb.UnsubscribeExConversations] = new UnsubscribeExConversations(services);
        _handlers[(int)Verb.PublishEvent] = new PublishEvent(services);
        _handlers[(int)Verb.SubscribeMessagingEvents] = new SubscribeMessagingEvents(services);
        _handlers[(int)Verb.QueryMessages] = new QueryMessages(services);
        _handlers[(int)Verb.GenerateUrlForUploadFile] = new GenerateUrlForUploadFile(services);
        _handlers[(int)Verb.GenerateUrlForDownloadFile] = new GenerateUrlForDownloadFile(services);
        _handlers[(int)Verb.GenerateUploadToken] = new GenerateUploadToken(services);
        _handlers[(int)Verb.GenerateDownloadToken] = new GenerateDownloadToken(services);
        _handlers[(int)Verb.GetUserProfile] = new GetUserProfile(services);
        _handlers[(int)Verb.AgentRequestConversation] = new AgentRequestConversation(services);
        _handlers[(int)Verb.UpdateExConversationSubscription] = new UpdateExConversationSubscription(services);
        _handlers[(int)Verb.UpdateRoutingTaskSubscription] = new UpdateRoutingTaskSubscription(services);
        _handlers[(int)Verb.SetUserProfile] = new SetUserProfile(services);
        _handlers[(int)Verb.GetBrandProfile] = new GetBrandProfile(services);
        _handlers[(int)Verb.SetAgentState] = new SetAgentState(services);
        _handlers[(int)Verb.SubscribeAgentsState] = new SubscribeAgentsState(services);
        _handlers[(int)Verb.SubscribeRoutingTasks] = new SubscribeRoutingTasks(services);
        _handlers[(int)Verb.UpdateRingState] = new UpdateRingState(services);
    }

    /// <summary>Handles one message. Whatever it holds, the socket gets exactly one answer for it.</summary>
    public void Dispatch(Connection connection, ReadOnlySpan<byte> frame)
    {
        _metrics.Requests.Add(1);
        var isEnvelope = RequestEnvelope.TryRead(frame, out var envelope, out var error);
        var isKnown = Verbs.TryFind(envelope.Type, out var verb);
        var slot = connection.TakeSlot(holdsNotifications: isKnown && verb is Verb.SubscribeExConversations or Verb.UpdateExConversationSubscription);
        var request = new Request(connection, verb, slot, envelope);
        if (connection.RateLimit is { } limit && !limit.TryTake()) request.AnswerError(WireCode.TooManyRequests, "Too many requests on this socket");
        else if (!isEnvelope) request.AnswerError(WireCode.BadRequest, error);
        else if (!isKnown) request.AnswerError(WireCode.BadRequest, "Unknown type");
        else if (connection.Principal is null && verb is not (Verb.InitConnection or Verb.GetClock or Verb.KeepAlive))
            request.AnswerError(WireCode.Unauthorized, "Send InitConnection first");
        else if (Verbs.IsForAgents(verb) && !request.Principal.IsAgent) request.AnswerError(WireCode.Unauthorized, "Only for agents");
        else if (verb is Verb.SubscribeExConversations or Verb.SubscribeRoutingTasks or Verb.SubscribeAgentsState && connection.Subscriptions >= _mostSubscriptions)
            request.AnswerError(WireCode.BadRequest, "Too many subscriptions on this socket");
        else Handle(request);
    }

    private void Handle(in Request request)
    {
        try
        {
            _handlers[(int)request.Verb].Handle(request);
        }
        catch (Exception e) // a fault of ours must cost one request, not the socket
        {
            LogMessages.RequestFailed(_log, e, request.Verb, request.Connection.Id);
            request.AnswerError(WireCode.InternalError, "Internal server error");
        }
    }
}
