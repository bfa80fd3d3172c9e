from aiohttp import web
from rasa.utils.endpoints import EndpointConfig

from bot.channels.action_server import answers


async def serve(status):
    """Return an action server that answers with this status, and its endpoint."""

    async def health(request):
        return web.Response(status=status)

    app = web.Application()
    app.router.add_get("/health", health)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    return runner, EndpointConfig(f"http://127.0.0.1:{port}/webhook")


async def test_an_action_server_that_is_well():
    runner, endpoint = await serve(200)
    assert await answers(endpoint)
    await runner.cleanup()


async def test_one_that_is_not():
    runner, endpoint = await serve(500)
    assert not await answers(endpoint)
    await runner.cleanup()


async def test_none(unused_tcp_port):
    assert not await answers(None)
    assert not await answers(EndpointConfig(f"http://127.0.0.1:{unused_tcp_port}/webhook"))
