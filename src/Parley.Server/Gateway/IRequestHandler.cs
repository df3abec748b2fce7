namespace Parley.Server.Gateway;

/// <summary>Handles one kind of request. Every request gets exactly one answer, now or when its outcome is durable.</summary>
internal interface IRequestHandler
{
    void Handle(in Request request);
}
